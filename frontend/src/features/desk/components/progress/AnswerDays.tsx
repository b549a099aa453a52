import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '@/components/Page';
import { may, useDataset } from '@/lib/datasets';
import { formatCount } from '@/lib/format';
import { labelColour } from '@/lib/palette';
import type { TeamProgress } from '../../api/teamProgress';
import { dateName, sum } from './days';
import { PlotTable } from './PlotTable';
import classes from './progress.module.css';
import { type Stack, stacks } from './stacks';

const APART = 7;
const HEIGHT = 100;

/** How much was answered on each day, by all together or by each person. */
export function AnswerDays({ progress }: { progress: TeamProgress }) {
  const { t, i18n } = useTranslation('desk');
  const [by, setBy] = useState('person');
  const { days, people, time_zone: zone } = progress;
  const team = may(useDataset(), 'see_answers') && people.length > 1;
  const apart = team && by === 'person';
  const found = stacks(people, days.length, apart ? APART : 0);
  const name = (stack: Stack) => stack.name ?? t(apart ? 'progress.others' : 'progress.answers');
  return (
    <Section
      title={t(team ? 'progress.days' : 'progress.ownDays')}
      hint={t('progress.daysHint', { count: days.length, zone })}
      action={
        team && (
          <SegmentedControl
            aria-label={t('progress.stack')}
            value={by}
            onChange={setBy}
            data={['person', 'total'].map((value) => ({
              value,
              label: t(value === 'person' ? 'progress.byPerson' : 'progress.total'),
            }))}
          />
        )
      }
    >
      {found.length === 0 ? (
        <p>{t('progress.noAnswers')}</p>
      ) : (
        <>
          <Bars days={days} stacks={found} name={name} apart={apart} />
          <PlotTable
            heads={found.map(name)}
            rows={days.map((day, n) => ({
              name: dateName(day, i18n.language),
              cells: found.map(({ answers }) => formatCount(answers[n] ?? 0, i18n.language)),
            }))}
          />
        </>
      )}
    </Section>
  );
}

function Bars(props: {
  days: readonly string[];
  stacks: readonly Stack[];
  name: (stack: Stack) => string;
  apart: boolean;
}) {
  const { t, i18n } = useTranslation('desk');
  const { days, stacks: found, name, apart } = props;
  const totals = days.map((_, n) => sum(found.map(({ answers }) => answers[n] ?? 0)));
  const most = Math.max(...totals, 1);
  const colour = (stack: Stack, n: number) =>
    stack.name === null ? 'var(--answered)' : labelColour(n);
  return (
    <figure className={classes.plot}>
      {apart && (
        <ul className={classes.legend} aria-hidden>
          {found.map((stack, n) => (
            <li key={name(stack)}>
              <i style={{ background: colour(stack, n) }} />
              {name(stack)}
            </li>
          ))}
        </ul>
      )}
      <div className={classes.burnUp}>
        <span aria-hidden>{formatCount(most, i18n.language)}</span>
        <svg
          viewBox={`0 0 ${String(days.length)} ${String(HEIGHT)}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t('progress.daysText', { count: sum(totals), most })}
        >
          {days.map((day, x) => (
            <Bar key={day} x={x} day={day} {...{ most, colour, name }} stacks={found} />
          ))}
        </svg>
      </div>
      <p className={classes.axis} aria-hidden>
        <span>{dateName(days[0] ?? '', i18n.language)}</span>
        <span>{t('progress.today')}</span>
      </p>
    </figure>
  );
}

function Bar(props: {
  x: number;
  day: string;
  most: number;
  stacks: readonly Stack[];
  colour: (stack: Stack, n: number) => string;
  name: (stack: Stack) => string;
}) {
  const { i18n } = useTranslation('desk');
  const { x, day, most, stacks: found, colour, name } = props;
  const tops = found.map((_, n) =>
    sum(found.slice(0, n + 1).map((stack) => stack.answers[x] ?? 0)),
  );
  const said = found.filter(({ answers }) => (answers[x] ?? 0) > 0);
  const text = said.map((stack) => `${name(stack)}: ${String(stack.answers[x])}`);
  return (
    <g>
      <title>{[dateName(day, i18n.language), ...text].join('\n')}</title>
      <rect x={x} y={0} width={1} height={HEIGHT} fill="transparent" />
      {found.map((stack, n) => (
        <rect
          key={name(stack)}
          x={x + 0.12}
          y={HEIGHT - (HEIGHT * (tops[n] ?? 0)) / most}
          width={0.76}
          height={(HEIGHT * (stack.answers[x] ?? 0)) / most}
          fill={colour(stack, n)}
        />
      ))}
    </g>
  );
}
