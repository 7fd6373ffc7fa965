import type { RobotKind } from './schema.ts';

/**
 * Where the group chats' robots take messages: 企业微信群机器人 (developer.work.weixin.qq.com), 钉钉自定义机器人
 * (open.dingtalk.com), 飞书自定义机器人 (open.feishu.cn). Nothing is posted to any other host.
 */
const HOSTS: Readonly<Record<RobotKind, string>> = {
  wecom: 'qyapi.weixin.qq.com',
  dingtalk: 'oapi.dingtalk.com',
  feishu: 'open.feishu.cn',
};

/**
 * Whether messages for this kind of robot may go to the address: over HTTPS to that service's own host.
 * @param rehearsal a community to try things on may also have a robot on its own machine (`http://127.0.0.1:…`)
 */
export function isRobotAddress(kind: RobotKind, address: string, rehearsal: boolean): boolean {
  const parts = /^(https?):\/\/([^/?#\\@:]+)(?::(\d{1,5}))?(?:[/?][^\s\\]*)?$/u.exec(address);
  if (parts === null) return false;
  const [, scheme, host, port] = parts;
  if (scheme === 'https') return host === HOSTS[kind] && port === undefined;
  return rehearsal && host === '127.0.0.1' && port !== undefined;
}

/**
 * What the robot says of so many alerts that nobody opened in time. A group chat is read by many: no name, no door, nothing
 * of anybody's health. 守望 stands in it as the keyword that 钉钉 asks for.
 */
export function robotMessage(kind: RobotKind, alerts: number): object {
  const text = `守望：有 ${alerts} 件要马上处理的事，等了 15 分钟还没人看。请打开工作台。`;
  return kind === 'feishu' ? { msg_type: 'text', content: { text } } : { msgtype: 'text', text: { content: text } };
}

/**
 * Whether the robot took the message. All three answer 200 also where they did not (a wrong key, too many at once) and say
 * so in the body: `errcode` or `code` other than 0.
 */
export function wasTaken(reply: { readonly ok: boolean; readonly answer?: unknown }): boolean {
  if (!reply.ok) return false;
  const answer = reply.answer;
  if (typeof answer !== 'object' || answer === null) return true;
  const { errcode, code } = answer as { readonly errcode?: unknown; readonly code?: unknown };
  return (errcode ?? code ?? 0) === 0;
}
