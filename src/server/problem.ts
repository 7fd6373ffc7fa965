import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Json } from '../domain/json.ts';
import type { Problem, ProblemType } from '../sync/wire.ts';

const STATUS: Record<ProblemType, { status: ContentfulStatusCode; title: string }> = {
  malformed: { status: 400, title: '请求的格式不对' },
  crossSite: { status: 403, title: '请求不是从本应用发出的' },
  expired: { status: 401, title: '请重新登录，手机里的东西都在' },
  ended: { status: 401, title: '这台设备已停用' },
  wrongCode: { status: 404, title: '没有这个住户码，请核对后再输一次' },
  notFound: { status: 404, title: '没有找到' },
  wrongDevice: { status: 409, title: '不是这台设备的登录' },
  wrongStream: { status: 409, title: '这台设备已换了新的发送序列' },
  gap: { status: 409, title: '前面还有没收到的' },
  tooLarge: { status: 413, title: '一次发得太多' },
  notPicture: { status: 415, title: '这个文件不是能打开的图片（JPEG、PNG、WebP），没有收下' },
  tooManyPixels: { status: 413, title: '图片太大，最多 2400 万像素，没有收下' },
  protocol: { status: 426, title: '版本太旧，请更新' },
  tooMany: { status: 429, title: '试得太多，请过一会儿再来' },
  busy: { status: 503, title: '服务器正忙，稍后会自动再试' },
  diskFull: { status: 507, title: '小区服务器的磁盘满了，没有丢东西，请告诉网格员' },
  fault: { status: 500, title: '服务器出错了，没有丢东西' },
};

/** Answers with RFC 9457 problem+json. `type` is what the phone decides by; the words are for people. */
export function problem(
  c: Context,
  type: ProblemType,
  extra: Record<string, Json> = {},
  retryAfterSeconds?: number,
): Response {
  const { status, title } = STATUS[type];
  const body: Problem = { type, title, status, ...extra };
  if (retryAfterSeconds !== undefined) c.header('Retry-After', String(retryAfterSeconds));
  return c.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json; charset=utf-8' });
}
