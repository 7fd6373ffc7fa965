/** Words of carrying bags that home and 我办的事 say. */
export const handOutTexts = {
  handOut: {
    matter: {
      run: '送菜 {building} {unit}单元',
      done: '{done} / {doors} 户送到了',
      mine: '您在送',
      free: '{title}，帮忙送到家',
      freeCount: '{count} 个单元等人送',
      wanted: '等人送',
    },
  },
};
