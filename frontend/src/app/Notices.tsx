import './mantine-pages.css';
import { Notifications } from '@mantine/notifications';

export default function Notices() {
  return <Notifications position="bottom-right" limit={3} autoClose={5000} />;
}
