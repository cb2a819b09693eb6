/** The order as both systems have it now, side by side. */
import { useEffect, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { Order } from '../../../../src/contracts/answers.ts';
import { useOperation } from '../../api/client.tsx';
import {
	Badge,
	CommandButton,
	ErrorNotice,
	Note,
	Panel,
	Skeleton,
	Time,
} from '../../components/index.ts';
import { agreement } from './agreement.ts';
import { CompareHead } from './compare-head.tsx';
import { CompareRows } from './compare-rows.tsx';
import { CompareMoney } from './compare-money.tsx';

/** It asks both systems, so it is asked only once it is seen, and again when the order moved. */
export function ComparePanel( {
	connection,
	order,
}: {
	readonly connection: string;
	readonly order: Order;
} ) {
	const box = useRef< HTMLDivElement >( null );
	const seen = useSeen( box );
	const { data, error, loading, reload } = useOperation(
		'ordersCompare',
		seen ? { connection, orderId: order.orderId } : null,
		{ keep: true }
	);
	const mark = `${ order.salesOrderId ?? '' } ${ order.proof?.checkedAt ?? '' } ${ order.storeStatus ?? '' }`;
	const asked = useRef( mark );
	useEffect( () => {
		if ( asked.current !== mark ) {
			asked.current = mark;
			reload();
		}
	}, [ mark, reload ] );
	const verdict = data === null ? null : agreement( data );
	return (
		<div ref={ box }>
			<Panel
				title={ __( 'Shop and Brightpearl', 'pearlbridge' ) }
				flush
				actions={
					<>
						{ verdict === 'agree' && (
							<Badge
								label={ {
									// Credits made by hand are not known here.
									text:
										data?.store?.refunds.length === 0
											? __( 'Agree', 'pearlbridge' )
											: __( 'Rows agree', 'pearlbridge' ),
									tone: 'success',
								} }
							/>
						) }
						{ verdict === 'differ' && (
							<Badge
								label={ {
									text: __( 'Differ', 'pearlbridge' ),
									tone: 'warning',
								} }
							/>
						) }
						{ data !== null && (
							<span className="pb-muted">
								<Time at={ data.readAt } />
							</span>
						) }
						<CommandButton
							size="compact"
							busy={ loading && data !== null }
							disabled={ data === null && error === null }
							onClick={ reload }
						>
							{ __( 'Read again', 'pearlbridge' ) }
						</CommandButton>
					</>
				}
			>
				{ error !== null && (
					<div className="pb-compare__notice">
						<ErrorNotice error={ error } retry={ reload } />
					</div>
				) }
				{ data === null && error === null && (
					<div className="pb-compare__notice">
						<Skeleton height="320px" />
					</div>
				) }
				{ data !== null && (
					<div className="pb-compare">
						{ data.trouble.map( ( { side, message } ) => (
							<div key={ side } className="pb-compare__notice">
								<Note status="warning">
									<strong>
										{ side === 'store'
											? __( 'Shop:', 'pearlbridge' )
											: __(
													'Brightpearl:',
													'pearlbridge'
												) }
									</strong>{ ' ' }
									{ message }
								</Note>
							</div>
						) ) }
						<CompareHead comparison={ data } />
						<CompareRows comparison={ data } />
						<CompareMoney comparison={ data } order={ order } />
					</div>
				) }
			</Panel>
		</div>
	);
}

/** True from the moment on that the element was in sight. */
function useSeen( box: { readonly current: HTMLElement | null } ): boolean {
	const [ seen, setSeen ] = useState( false );
	useEffect( () => {
		const element = box.current;
		if ( seen || element === null ) {
			return undefined;
		}
		const observer = new IntersectionObserver(
			( entries ) => {
				if (
					entries.some( ( { isIntersecting } ) => isIntersecting )
				) {
					setSeen( true );
				}
			},
			// A little before it is reached, so that it is there by then.
			{ rootMargin: '200px' }
		);
		observer.observe( element );
		return () => observer.disconnect();
	}, [ seen, box ] );
	return seen;
}
