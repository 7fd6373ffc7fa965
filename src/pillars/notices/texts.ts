export const noticesTexts = {
  notices: {
    level: { urgent: '紧急', important: '重要', ordinary: '一般' },
    scope: {
      public: '所有人',
      community: '全小区',
    },
    home: { heading: '通知', all: '全部通知', none: '还没有通知' },
    elder: {
      waiting: '有 {count} 条{level}：{title}',
      newest: '最新：{title}',
      none: '现在没有新通知',
    },
    matter: { tapToConfirm: '请点我知道了' },
    list: {
      pinned: '置顶',
      over: '已过期',
      withdrawn: '已撤回',
      corrected: '已更正',
    },
  },
};
