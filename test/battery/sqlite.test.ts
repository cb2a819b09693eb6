import { runDatabaseBattery } from './database.ts';
import { runQueueBattery } from './queue.ts';
import { openSqliteBench } from './sqlite-bench.ts';

runDatabaseBattery( 'SQLite', openSqliteBench );
runQueueBattery( 'SQLite', openSqliteBench );
