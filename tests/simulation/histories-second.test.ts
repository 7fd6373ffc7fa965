import { livesHalf } from './half.ts';

livesHalf(2);
