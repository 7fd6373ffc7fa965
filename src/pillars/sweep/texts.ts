/** Words of 排查 that 我办的事 says. */
export const sweepTexts = {
  sweep: {
    matter: { going: '正在排查', until: '截止 {time}' },
  },
};
