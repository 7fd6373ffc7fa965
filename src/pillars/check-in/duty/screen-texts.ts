/** What 值班 and 居家观察 say where something could not be done, or was filled in wrongly. */
export const dutyTexts = {
  checkIn: {
    refusals: {
      overLimit: '一班最长 {hours} 小时，没有办成。请分成几班。',
    },
    issues: {
      robotUrl: '这不像一个网址，请从群机器人那里重新复制',
      days: '居家观察是 1 到 21 天',
    },
  },
};
