import type { Category, Level } from '../pillars/notices/schema.ts';

/**
 * A notice of the rehearsal. `{0}` is the day it was written, `{1}` the day after, `{-1}` the day before, as 11月23日.
 */
export interface NoticeText {
  /** How many days ago it was written, and when in the day. */
  readonly daysAgo: number;
  readonly clock: string;
  readonly level: Level;
  readonly category: Category;
  /** `public`, `community`, `grid:二格`, or a building as `building:3栋`. */
  readonly scope: string;
  readonly title: string;
  readonly body: string;
  readonly needsReceipt?: boolean;
  /** Days after writing until which it is pinned, and after which it no longer matters. */
  readonly pinnedDays?: number;
  readonly expiresDays?: number;
  /** When in that day it no longer matters; the time of writing where absent. */
  readonly expiresClock?: string;
  /** Who writes it: the secretary, or the worker of a grid. */
  readonly by?: string;
}

/** What was told in the last days. */
export const RECENT: readonly NoticeText[] = [
  {
    daysAgo: 0,
    clock: '07:40',
    level: 'urgent',
    category: 'water',
    scope: 'community',
    title: '明天早上 8 点，1 栋和 3 栋停水两小时',
    needsReceipt: true,
    pinnedDays: 1,
    expiresDays: 1,
    expiresClock: '10:00',
    body: '地下室的水管漏了，师傅明天（{1}）一早来换。**早上 8 点到 10 点，1 栋和 3 栋没有水**，别的楼不受影响。\n\n家里有老人、有小孩的，今晚先接好一桶水，水壶也灌满。来水以后先把龙头开小，放一两分钟，水清了再用。\n\n要人帮忙提水的，在“帮忙”里说一声，志愿者送上楼，不收钱。修得快就提前来水，修得慢我们再发一条。问停水的事找网格员老田。',
    by: '二格',
  },
  {
    daysAgo: 0,
    clock: '07:05',
    level: 'important',
    category: 'health',
    scope: 'community',
    title: '流感多了，这十天每天报一次平安',
    pinnedDays: 7,
    needsReceipt: true,
    body: '这一周小区里发烧咳嗽的人比平时多。从今天起，请每家每天上午 10 点前点一下“家里都好”，点一下就行，不用填表。\n\n有人不舒服，点“有人不舒服”，网格员会打电话来问。烧到 38 度 5 以上、喘不上气、老人迷糊叫不醒，**别等我们，先打 120**。\n\n不会用手机的老人，邻居、志愿者可以替他报，要亲眼见到人或者通过电话才算。平安不排名，不通报，没报的我们会上门看一眼，只是怕漏了谁。',
  },
  {
    daysAgo: 1,
    clock: '16:20',
    level: 'important',
    category: 'groupBuy',
    scope: 'community',
    title: '蔬菜第 7 团开了，晚上 8 点截止',
    body: '这一团还是城东合作社的菜，昨天下午我们三个人去看过地，菜是当天早上割的。套餐 A 有白菜、土豆、胡萝卜、青椒和小葱，九斤半，39.8 元；套餐 B 是青菜、西红柿、黄瓜、西兰花和香菇。\n\n鸡蛋每户限两板，先到先得。订错了，截止前随时能改能退。菜到了按楼栋分好，志愿者送到门口，腿脚不便的人家先送。\n\n这团货到付钱，请等菜到手、看过再付。除了小区里这一个团，没有别的收款码，群里谁发码都不要扫。',
    by: '二格',
  },
  {
    daysAgo: 1,
    clock: '09:30',
    level: 'ordinary',
    category: 'health',
    scope: 'public',
    title: '流感疫苗周六上门打，先登记',
    body: '社区医院的医生这个周六到小区来打流感疫苗，地点在 2 栋门厅，上午 9 点到 11 点半。六十岁以上的老人免费，其他人自费 68 元，可以用医保卡里的钱。\n\n下不了楼的老人，医生上门打，请在周五下午 5 点前告诉网格员，写清楚门牌和电话。\n\n打之前量一下体温，正在发烧、对鸡蛋严重过敏的先不要打。打完在门厅坐半个小时再走，家里最好有人陪着。带上身份证和医保卡。',
  },
  {
    daysAgo: 2,
    clock: '18:10',
    level: 'important',
    category: 'rumour',
    scope: 'public',
    title: '辟谣：没有“封楼”，超市也没有断货',
    body: '**网上说的：** 下午群里传“7 栋要封了，赶紧去抢菜”，还配了一张门口拉带子的照片。\n\n**真的情况：** 那条带子是物业换门禁用的，四点半就撤了。小区没有封楼，也没有接到这样的通知。门口超市米面油蛋都有，价钱没有变，店长说明早还有一车菜到。\n\n以后有要紧的事，只会从这里发，并且写明是谁发的、找谁问。看到吓人的消息，先打值班室问一句，不要转。',
  },
  {
    daysAgo: 2,
    clock: '10:00',
    level: 'ordinary',
    category: 'safety',
    scope: 'building:6栋',
    title: '6 栋电梯维保，后天上午轮着停',
    body: '{2}上午，电梯公司来给 6 栋做季度维保。先停 1 单元的东边那部，大约 9 点到 10 点；再停西边那部，10 点到 11 点。2 单元下午 2 点开始，也是一部一部地停，始终有一部能坐。\n\n住得高、要去医院的，请避开这几个钟头，或者提前跟网格员说，我们请师傅让一让。推轮椅的、抬东西的，门厅有人帮忙。\n\n电梯里闻到焦味、门关不严、晃得厉害，按里面的红铃，或者打值班室电话，别自己扒门。',
    by: '四格',
  },
  {
    daysAgo: 3,
    clock: '15:00',
    level: 'important',
    category: 'safety',
    scope: 'community',
    title: '有人冒充“医保局”打电话，已经骗了两家',
    needsReceipt: true,
    body: '这两天小区有两位老人接到电话，对方说“您的医保卡在外地刷了，要停”，叫老人报验证码、把钱转到“安全账户”。一家被转走三千，一家在银行柜台被拦下来了。\n\n记住三句话：\n\n- 医保局、公安局、居委会都不会打电话要验证码；\n- 没有“安全账户”这回事，叫您转账的都是骗子；\n- 拿不准就挂掉，打给儿女或者网格员，慢半个小时什么都不耽误。\n\n已经转了钱的，马上打 110，再打银行的电话冻结，越快越好。志愿者上门办事也不会要您的密码和验证码。',
  },
  {
    daysAgo: 3,
    clock: '08:50',
    level: 'ordinary',
    category: 'policy',
    scope: 'public',
    title: '垃圾分类：厨余桶改到早晚两个时段',
    body: '从下周一起，厨余垃圾桶早上 6 点半到 8 点半、晚上 6 点到 8 点半放在投放点，其他时间收走清洗，免得招苍蝇。可回收和有害垃圾的桶还是全天都在。\n\n剩菜剩饭沥干水再倒，塑料袋不要一起扔进去，旁边有个小桶专门收袋子。大骨头、椰子壳、粽叶算其他垃圾，机器打不碎。\n\n上夜班赶不上时间的，跟网格员说一声，我们给您留一个晚桶。腿脚不方便的老人，放在门口，志愿者早上一起带下去。',
  },
  {
    daysAgo: 4,
    clock: '14:30',
    level: 'ordinary',
    category: 'safety',
    scope: 'grid:二格',
    title: '燃气安检到 3 栋、4 栋，请家里留人',
    expiresDays: 5,
    body: '燃气公司的师傅{1}、{2}两天上门查燃气，3 栋{1}，4 栋{2}，都是上午 9 点到下午 4 点。师傅穿蓝工装，胸前有工牌，进门先给您看，**不收钱，也不卖任何东西**。\n\n主要看软管有没有老化、热水器排气通不通、阀门漏不漏。软管用了一年半以上的建议换掉，可以自己买，也可以请师傅换，换之前先问清价钱。\n\n白天没人在家的，跟网格员约晚上 6 点以后。独居老人家里，网格员老田陪着一起去。',
    by: '二格',
  },
  {
    daysAgo: 4,
    clock: '09:00',
    level: 'ordinary',
    category: 'activity',
    scope: 'community',
    title: '周日上午在凉亭修小家电、磨剪刀',
    body: '{3}上午 9 点到 11 点半，几位退休师傅在湖边凉亭摆摊，修电饭煲、电风扇、收音机、台灯，也磨菜刀和剪刀。手工不收钱，换零件按进价算，贵了师傅先跟您说。\n\n东西重、楼层高的，先在“帮忙”里留个话，志愿者到家来取，修好了再送回去。\n\n微波炉和液晶电视修不了，别抱下来白跑一趟。下雨就改到下个周日，早上 7 点我们在这里说一声。',
  },
  {
    daysAgo: 5,
    clock: '17:45',
    level: 'ordinary',
    category: 'traffic',
    scope: 'public',
    title: '东门外修路，车从北门走十天',
    body: '东门外的湖滨路要挖开换污水管，{1}起大约十天，汽车进出一律走北门，东门只留行人和自行车。公交 27 路的“湖畔小区”站往南挪一百五十米，挪到菜场对面。\n\n早上 7 点半到 8 点半北门会堵，送孩子的提前十分钟出门。120 和消防车走北门内侧那条道，**那条道请一分钟都不要停车**。\n\n路边有坑有板子，晚上黑，老人散步尽量走小区里面的环湖路。',
  },
];
