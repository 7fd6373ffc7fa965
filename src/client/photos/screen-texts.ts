/** What is said about pictures. No picture stands on the first screen. */
export const photoScreenTexts = {
  photo: {
    take: '拍照',
    takeAgain: '重拍',
    choose: '从相册选',
    again: '换一张',
    remove: '去掉这张',
    removed: '图片去掉了',
    preparing: '正在准备图片',
    added: '图片放好了，会自己发出',
    unsent: '图片还没发出，有网会自己发',
    open: '看大图：{label}',
    close: '关上',
    loading: '正在取图片',
    notThere: '图片还没到',
    notReached: '没网，图片看不到',
    why: {
      full: '手机存满了，或等着发的图片太多，这张没有存下。腾出一些地方，或等前面的发完再试。',
      ended: '这台设备已停用，图片没有存下。',
      tooLarge: '图片太大，没有收下。换一张小一些的。',
      tooManyPixels: '图片太大，没有收下。换一张小一些的。',
      notPicture: '这个文件打不开，没有收下。请换一张照片。',
      fault: '图片没有收下，请重新拍一张。',
    },
  },
};
