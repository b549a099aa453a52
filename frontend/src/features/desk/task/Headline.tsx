import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { fileFormat } from '@/lib/format';
import { i18next } from '@/lib/i18n';
import type { Decision, Happening, Moment, Named, TaskStory } from './moments';
import { answerInWords, nameOf, optionTexts } from './words';

type T = TFunction<'story'>;

/** What happened, in one sentence. */
export function Headline({ moment, story }: { moment: Moment; story: TaskStory }) {
  const { t } = useTranslation('story');
  return <>{sentence(moment, story, t)}</>;
}

function sentence(moment: Moment, story: TaskStory, t: T): string {
  switch (moment.kind) {
    case 'made':
      return made(moment.origin, t);
    case 'answered': {
      const who = moment.user?.name ?? moment.version;
      const { revision } = moment;
      return revision.changed === null
        ? `${t('answered', { who })} ${answerInWords(revision, story, t)}`
        : t('answeredAnew', { who });
    }
    case 'merged':
      return [t('merged'), sure(moment.merge.confidence, t)].filter(Boolean).join(': ');
    case 'disputed':
      return t('disputed', { count: moment.disputes.length });
    case 'decided':
      return decided(moment.decision, story, t);
    case 'returned': {
      const { by, version, fault } = moment.remark;
      return t('returned', {
        who: by.name,
        version: versionName(version, story),
        fault: t(`fault.${fault}`),
      });
    }
    case 'final':
      return final(moment.final, t);
    case 'second': {
      const { same, sent_back, by } = moment.look;
      return t(`second.${same ? 'same' : sent_back ? 'sentBack' : 'differs'}`, { who: by.name });
    }
    case 'exported': {
      const { by, which, format } = moment.export;
      return t('exported', {
        who: by.name,
        which: t(`which.${which}`),
        format: fileFormat(format),
      });
    }
    case 'held':
      return t('held', { who: nameOf(moment.by, t) });
    case 'happened':
      return happened(moment.event, t);
  }
}

function made(origin: TaskStory['origin'], t: T): string {
  if (!origin) return t('made');
  return t('imported', { name: origin.by.name, line: origin.line, list: origin.name });
}

function sure(confidence: number | null, t: T): string | null {
  return confidence === null ? null : t('sure', { percent: `${Math.round(100 * confidence)} %` });
}

function decided(decision: Decision, story: TaskStory, t: T): string {
  const { action, by, label, option, version } = decision;
  const known = { who: by.name, version: version ? versionName(version, story) : '' };
  if (action === 'label' && label === null && option !== null)
    return t('decided.option', { ...known, option: optionTexts([option], story, t) });
  return t(`decided.${action}`, { ...known, label: label ?? '' });
}

/** Whose version a letter stands for, where that may be known. */
function versionName(version: string, story: TaskStory): string {
  return story.answers.find((answer) => answer.version === version)?.user?.name ?? version;
}

function final(final: TaskStory['final'], t: T): string {
  if (!final) return t('final');
  return t(`finalBy.${final.origin}`, { who: nameOf(final.decided_by, t) });
}

/** What no words are written for yet is said as the server names it. */
function happened(event: Happening, t: T): string {
  const who = whoDid(event.actor, t);
  const key = `happened.${event.kind.replace('.', '_')}`;
  if (i18next.exists(key, { ns: 'story' })) return t(key as 'happened.task_skipped', { who });
  return t('happened.other', {
    who,
    what: event.kind.split('.').at(-1)?.replaceAll('_', ' ') ?? '',
  });
}

function whoDid(actor: Named | null, t: T): string {
  return actor?.name ?? t('theSystem');
}
