/** Words of parts that no first screen has. */
export const uiScreenTexts = {
  ui: {
    share: {
      copy: '复制文字',
      copied: '复制好了，去群里粘贴',
      byHand: '这台手机不让自动复制，请长按全选再复制。',
      picture: '做成图片',
      keep: '长按图片，存到手机里。',
      pictureOf: '{title}的图片，内容和这一页一样',
      pictureNumber: '{title}（{number}/{of}）',
      download: '存成文件',
      noPicture: '这台手机做不出图片，请打印或者复制文字。',
    },
  },
};
