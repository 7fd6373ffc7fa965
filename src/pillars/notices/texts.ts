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
    did: {
      publish: '发通知：{title}',
      acknowledge: '知道了：{title}',
      acknowledgeUnknown: '回了一条通知',
      withdraw: '撤回通知：{title}',
      withdrawUnknown: '撤回一条通知',
    },
    next: { seeNotice: '看这条通知', writeAgain: '重新写', seeAll: '看全部通知' },
    refusals: {
      notAllowed: '您现在不能发给这些人，或者不能替这户回。请找书记看看您管哪个网格。',
      notFound: '这条通知或者这栋楼不在了。别的都没变，请看看最新的通知。',
      changedMeanwhile: '已经有人写过更正了。请先看那一条。',
    },
  },
};
