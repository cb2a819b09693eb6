/** Stock: the runs, one run, and one SKU explained. */
import { __ } from '@wordpress/i18n';
import { Empty, Link, ScreenHeading } from '../../components/index.ts';
import type { ConnectionScreenProps } from '../../screens.ts';
import { ExplainScreen } from './explain.tsx';
import { placeOf } from './place.ts';
import { RunDetail } from './run-detail.tsx';
import { RunList } from './run-list.tsx';

export default function StockScreen( {
	connection,
	rest,
	query,
}: ConnectionScreenProps ) {
	const place = placeOf( rest, query );
	switch ( place.at ) {
		case 'runs':
			return <RunList connection={ connection } query={ query } />;
		case 'run':
			return (
				<RunDetail
					key={ place.runId }
					connection={ connection }
					runId={ place.runId }
					query={ query }
				/>
			);
		case 'explain':
			return (
				<ExplainScreen connection={ connection } sku={ place.sku } />
			);
		case 'nowhere':
			return (
				<>
					<ScreenHeading
						title={ __( 'Stock', 'pearlbridge' ) }
						back={
							<Link to={ { screen: 'stock', connection } }>
								{ __( '← All runs', 'pearlbridge' ) }
							</Link>
						}
					/>
					<Empty
						title={ __(
							'There is nothing at this address',
							'pearlbridge'
						) }
					/>
				</>
			);
	}
}
