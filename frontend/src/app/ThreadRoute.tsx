import { useParams, useSearch } from '@tanstack/react-router';
import ThreadPage from '@/features/talking/ThreadPage';

export function ThreadRoute() {
  const { thread } = useParams({ from: '/member/threads/$thread' });
  const { look } = useSearch({ from: '/member/threads/$thread' });
  return <ThreadPage key={thread} id={thread} looks={look === true} />;
}
