import { get } from './client';
import type { Answer, InboxItem, Member, Network, Operation, Page, Profile, RulePack, Summary } from './types';

/** Lists answer with `nextCursor`, or with `next`; both mean the same. */
type RawPage<T> = { items: T[]; nextCursor?: string | null; next?: string | null };

export async function getPage<T>(path: string, query: Record<string, unknown>, signal?: AbortSignal): Promise<Page<T>> {
  const { items, nextCursor, next } = await get<RawPage<T>>(path, query, signal);
  return { items, nextCursor: nextCursor ?? next ?? null };
}

export const getNetwork = (signal?: AbortSignal) => get<Network>('/network', {}, signal);
export async function getRulePacks(signal?: AbortSignal): Promise<RulePack[]> {
  return (await getPage<RulePack>('/network/rule-packs', {}, signal)).items;
}
export const getOversight = (signal?: AbortSignal) => get<Answer<'OversightDto_Output'>>('/oversight', {}, signal);
export const getProfile = (signal?: AbortSignal) => get<Profile>('/auth/me', {}, signal);
export const getMember = (id: string, signal?: AbortSignal) =>
  get<Member>(`/members/${encodeURIComponent(id)}`, {}, signal);
export const getMembers = (query: { q?: string; kind?: string; limit?: number }, signal?: AbortSignal) =>
  getPage<Member>('/members', query, signal);
export const getOperation = (id: string, signal?: AbortSignal) =>
  get<Operation>(`/operations/${encodeURIComponent(id)}`, {}, signal);
export const getSummary = (signal?: AbortSignal) => get<Summary>('/summary', {}, signal);

/** What waits for the caller, oldest deadline first. */
export async function getInbox(signal?: AbortSignal): Promise<InboxItem[]> {
  const answer = await get<InboxItem[] | RawPage<InboxItem>>('/inbox', {}, signal);
  return Array.isArray(answer) ? answer : answer.items;
}
