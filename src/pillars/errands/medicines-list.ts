/** A medicine to suggest while somebody types: generic name, strength as on the box, what it is usually taken for. */
export interface CommonMedicine {
  readonly name: string;
  readonly strength: string;
  readonly use: string;
}

const lines: readonly (readonly [name: string, strength: string, use: string])[] = [
  ['苯磺酸氨氯地平', '5mg*28片', '降血压'],
  ['硝苯地平控释片', '30mg*7片', '降血压'],
  ['缬沙坦', '80mg*7粒', '降血压'],
  ['厄贝沙坦', '150mg*7片', '降血压'],
  ['氯沙坦钾', '50mg*7片', '降血压'],
  ['依那普利', '10mg*16片', '降血压'],
  ['卡托普利', '25mg*100片', '降血压'],
  ['美托洛尔缓释片', '47.5mg*7片', '降血压 心率'],
  ['比索洛尔', '5mg*10片', '降血压 心率'],
  ['氢氯噻嗪', '25mg*100片', '利尿降压'],
  ['吲达帕胺', '2.5mg*14片', '利尿降压'],
  ['螺内酯', '20mg*100片', '利尿'],
  ['呋塞米', '20mg*100片', '利尿'],
  ['阿托伐他汀钙', '20mg*7片', '降血脂'],
  ['瑞舒伐他汀钙', '10mg*7片', '降血脂'],
  ['辛伐他汀', '20mg*7片', '降血脂'],
  ['非诺贝特', '200mg*10粒', '降血脂'],
  ['阿司匹林肠溶片', '100mg*30片', '抗血小板'],
  ['氯吡格雷', '75mg*7片', '抗血小板'],
  ['华法林钠', '2.5mg*60片', '抗凝'],
  ['硝酸甘油', '0.5mg*100片', '心绞痛'],
  ['单硝酸异山梨酯缓释片', '40mg*24片', '心绞痛'],
  ['地高辛', '0.25mg*100片', '强心'],
  ['二甲双胍', '0.5g*20片', '降血糖'],
  ['格列美脲', '2mg*15片', '降血糖'],
  ['格列齐特缓释片', '30mg*30片', '降血糖'],
  ['阿卡波糖', '50mg*30片', '降血糖'],
  ['达格列净', '10mg*14片', '降血糖'],
  ['门冬胰岛素30注射液', '3ml:300单位', '降血糖'],
  ['甘精胰岛素注射液', '3ml:300单位', '降血糖'],
  ['左甲状腺素钠', '50μg*100片', '甲状腺'],
  ['甲巯咪唑', '10mg*50片', '甲状腺'],
  ['奥美拉唑肠溶胶囊', '20mg*14粒', '护胃'],
  ['雷贝拉唑', '10mg*14片', '护胃'],
  ['多潘立酮', '10mg*30片', '胃动力'],
  ['铝碳酸镁', '0.5g*20片', '护胃'],
  ['蒙脱石散', '3g*10袋', '腹泻'],
  ['口服补液盐Ⅲ', '5.125g*6袋', '补液'],
  ['沙美特罗替卡松粉吸入剂', '50μg/250μg*60吸', '哮喘 慢阻肺'],
  ['沙丁胺醇吸入气雾剂', '100μg*200揿', '哮喘'],
  ['布地奈德福莫特罗吸入粉雾剂', '160μg/4.5μg*60吸', '哮喘 慢阻肺'],
  ['孟鲁司特钠', '10mg*5片', '哮喘'],
  ['氨溴索', '30mg*20片', '化痰'],
  ['氯雷他定', '10mg*6片', '过敏'],
  ['对乙酰氨基酚', '0.5g*12片', '退热'],
  ['布洛芬缓释胶囊', '0.3g*20粒', '退热止痛'],
  ['连花清瘟胶囊', '0.35g*24粒', '感冒'],
  ['阿莫西林', '0.25g*24粒', '抗菌'],
  ['头孢呋辛酯', '0.25g*12片', '抗菌'],
  ['碳酸钙D3', '600mg*30片', '补钙'],
  ['阿仑膦酸钠', '70mg*1片', '骨质疏松'],
  ['非布司他', '40mg*16片', '降尿酸'],
  ['别嘌醇', '0.1g*100片', '降尿酸'],
  ['多奈哌齐', '5mg*7片', '阿尔茨海默病'],
  ['美多芭', '250mg*40片', '帕金森病'],
  ['卡马西平', '0.1g*100片', '癫痫'],
  ['丙戊酸钠', '0.2g*100片', '癫痫'],
  ['艾司唑仑', '1mg*20片', '睡眠(处方管理)'],
  ['舍曲林', '50mg*14片', '情绪'],
  ['非那雄胺', '5mg*10片', '前列腺'],
  ['坦索罗辛缓释胶囊', '0.2mg*10粒', '前列腺'],
  ['盐酸左氧氟沙星滴眼液', '5ml:24.4mg', '眼部感染'],
  ['拉坦前列素滴眼液', '2.5ml:125μg', '青光眼'],
];

/** Common generic medicines with real strengths, to suggest from. Not medical advice, and not a list of what may be asked for. */
export const commonMedicines: readonly CommonMedicine[] = lines.map(([name, strength, use]) => ({
  name,
  strength,
  use,
}));

/** 降压药 and 降血压 mean the same: what people leave out or add is left out on both sides. */
const spoken = (words: string) => words.trim().replace(/[血药]/g, '');

/** Medicines whose name or use holds what was typed, those that begin with it first; at most `most`. */
export function suggestMedicines(typed: string, most: number): readonly CommonMedicine[] {
  const words = spoken(typed);
  if (words === '') return [];
  const hits = commonMedicines.filter((it) => it.name.includes(words) || spoken(it.use).includes(words));
  return [...hits].sort((a, b) => Number(b.name.startsWith(words)) - Number(a.name.startsWith(words))).slice(0, most);
}
