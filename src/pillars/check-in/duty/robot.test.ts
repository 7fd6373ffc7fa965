import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRobotAddress, robotMessage, wasTaken } from './robot.ts';

describe('the robot', () => {
  it.each([
    ['wecom', 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx', true],
    ['dingtalk', 'https://oapi.dingtalk.com/robot/send?access_token=abc', true],
    ['feishu', 'https://open.feishu.cn/open-apis/bot/v2/hook/xxxx', true],
    ['wecom', 'https://oapi.dingtalk.com/robot/send?access_token=abc', false],
    ['wecom', 'http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1', false],
    ['wecom', 'https://qyapi.weixin.qq.com.example.org/send', false],
    ['wecom', 'https://example.org/qyapi.weixin.qq.com', false],
    ['wecom', 'https://qyapi.weixin.qq.com@example.org/send', false],
    ['wecom', 'https://example.org#@qyapi.weixin.qq.com/', false],
    ['wecom', 'https://qyapi.weixin.qq.com\\@example.org/', false],
    ['wecom', 'https://qyapi.weixin.qq.com:8443/send', false],
    ['wecom', 'https://127.0.0.1:9000/send', false],
    ['wecom', 'http://127.0.0.1:9000/send', false],
    ['wecom', 'ftp://qyapi.weixin.qq.com/', false],
  ] as const)('of %s may have the address %s: %s', (kind, address, may) => {
    expect(isRobotAddress(kind, address, false)).toBe(may);
  });

  it('of a rehearsal may be on the own machine, and nowhere else', () => {
    expect(isRobotAddress('wecom', 'http://127.0.0.1:9000/robot', true)).toBe(true);
    expect(isRobotAddress('wecom', 'http://127.0.0.1:9000', true)).toBe(true);
    expect(isRobotAddress('wecom', 'http://127.0.0.1/robot', true)).toBe(false);
    expect(isRobotAddress('wecom', 'http://127.0.0.1:9000@example.org/', true)).toBe(false);
    expect(isRobotAddress('wecom', 'http://192.168.1.1:80/', true)).toBe(false);
    expect(isRobotAddress('wecom', 'http://qyapi.weixin.qq.com:80/send', true)).toBe(false);
  });

  it('is never elsewhere than where its address seems to be, however it is written', () => {
    const pieces = ['https://', 'http://', 'qyapi.weixin.qq.com', '127.0.0.1', 'example.org'].concat([
      ...['@', ':', '/', '\\', '#', '?', '.', '%2f', ' ', '\t', '9000', '443', '[::1]', '。', 'ＱＱ'],
    ]);
    const start = fc.constantFrom('https://qyapi.weixin.qq.com', 'http://127.0.0.1:9000', 'https://', 'http://');
    const rest = fc.array(fc.constantFrom(...pieces), { maxLength: 6 });
    let accepted = 0;
    fc.assert(
      fc.property(start, rest, (first, more) => {
        const address = first + more.join('');
        if (!isRobotAddress('wecom', address, true)) return;
        accepted += 1;
        const { protocol, hostname, username, port } = new URL(address);
        expect(username).toBe('');
        if (protocol === 'https:') expect([hostname, port]).toEqual(['qyapi.weixin.qq.com', '']);
        else expect([protocol, hostname]).toEqual(['http:', '127.0.0.1']);
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it('says how many, in the words of each service', () => {
    const text = '守望：有 2 件要马上处理的事，等了 15 分钟还没人看。请打开工作台。';
    expect(robotMessage('wecom', 2)).toEqual({ msgtype: 'text', text: { content: text } });
    expect(robotMessage('dingtalk', 2)).toEqual({ msgtype: 'text', text: { content: text } });
    expect(robotMessage('feishu', 2)).toEqual({ msg_type: 'text', content: { text } });
  });

  it('took a message only where its answer does not say otherwise', () => {
    expect(wasTaken({ ok: true })).toBe(true);
    expect(wasTaken({ ok: true, answer: { errcode: 0, errmsg: 'ok' } })).toBe(true);
    expect(wasTaken({ ok: true, answer: { code: 0, msg: 'success' } })).toBe(true);
    expect(wasTaken({ ok: true, answer: { errcode: 93000, errmsg: 'invalid webhook url' } })).toBe(false);
    expect(wasTaken({ ok: true, answer: { code: 19001, msg: 'param invalid' } })).toBe(false);
    expect(wasTaken({ ok: false, answer: { errcode: 0 } })).toBe(false);
  });
});
