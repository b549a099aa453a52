import { Button, UnstyledButton } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { Children, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Home.module.css';

const FIRST = 4;

/** Things of one kind that wait; of many, the first ones until the rest is asked for. */
export function WorkList(props: { title: string; urgent?: boolean; children: ReactNode }) {
  const { t } = useTranslation('desk');
  const [all, setAll] = useState(false);
  const rows = Children.toArray(props.children);
  const hidden = all ? 0 : Math.max(0, rows.length - FIRST);
  return (
    <section className={classes.work} data-urgent={props.urgent} aria-label={props.title}>
      <h2>{props.title}</h2>
      <ul>{hidden > 0 ? rows.slice(0, FIRST) : rows}</ul>
      {hidden > 0 && (
        <UnstyledButton className={classes.rest} onClick={() => setAll(true)}>
          {t('home.rest', { count: hidden })}
        </UnstyledButton>
      )}
    </section>
  );
}

export function WorkRow(props: {
  name: string;
  detail: ReactNode;
  action: string;
  href: string;
  primary?: boolean;
}) {
  const router = useRouter();
  return (
    <li className={classes.row}>
      <div>
        <b>{props.name}</b>
        <span>{props.detail}</span>
      </div>
      <Button
        variant={props.primary ? 'filled' : 'default'}
        aria-label={`${props.action}: ${props.name}`}
        onClick={() => router.history.push(props.href)}
      >
        {props.action}
      </Button>
    </li>
  );
}
