/** One SKU: what the shop shows, what it should show, and why. */
import { useEffect, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { Explain } from '../../../../src/contracts/answers.ts';
import { useOperation } from '../../api/client.tsx';
import {
	Badge,
	CommandButton,
	Empty,
	ErrorNotice,
	Facts,
	Link,
	Nothing,
	Panel,
	ScreenHeading,
	Skeleton,
	Time,
	announce,
	formatNumber,
} from '../../components/index.ts';
import type { Label } from '../../components/index.ts';
import { Calculation } from './calculation-table.tsx';
import { calculationOf, verdictOf } from './calculation.ts';
import { ExplainForm } from './explain-form.tsx';
import { PullDialog } from './pull-dialog.tsx';

export function ExplainScreen( {
	connection,
	sku,
}: {
	readonly connection: string;
	readonly sku: string | null;
} ) {
	const { data, error, loading, reload } = useOperation(
		'stockExplain',
		sku === null ? null : { connection, sku },
		{ keep: false }
	);
	const [ pulling, setPulling ] = useState( false );
	const why = data?.why ?? null;
	useEffect( () => {
		if ( why !== null ) {
			announce( why );
		}
	}, [ why ] );
	const unknown = error?.exit === 6 && data === null;
	return (
		<>
			<ScreenHeading
				title={
					sku === null
						? __( 'Explain a figure', 'pearlbridge' )
						: sprintf(
								/* translators: %s: SKU */
								__( 'Stock of %s', 'pearlbridge' ),
								data?.sku ?? sku
							)
				}
				back={
					<Link to={ { screen: 'stock', connection } }>
						{ __( '← All runs', 'pearlbridge' ) }
					</Link>
				}
				meta={
					data !== null && <Badge label={ verdictLabel( data ) } />
				}
			>
				{ data !== null && (
					<>
						<CommandButton busy={ loading } onClick={ reload }>
							{ __( 'Read again', 'pearlbridge' ) }
						</CommandButton>
						<CommandButton onClick={ () => setPulling( true ) }>
							{ __( 'Pull this SKU', 'pearlbridge' ) }
						</CommandButton>
					</>
				) }
			</ScreenHeading>
			<ExplainForm
				connection={ connection }
				sku={ sku ?? '' }
				busy={ loading && sku !== null }
			/>
			{ unknown ? (
				<Empty
					title={ sprintf(
						/* translators: %s: SKU */
						__( 'Nobody knows the SKU %s', 'pearlbridge' ),
						sku ?? ''
					) }
				>
					{ error?.message } { error?.fix }
				</Empty>
			) : (
				<ErrorNotice error={ error } retry={ reload } />
			) }
			{ sku !== null && data === null && error === null && (
				<Skeleton height="420px" />
			) }
			{ data !== null && (
				<Explained connection={ connection } explain={ data } />
			) }
			{ pulling && data !== null && (
				<PullDialog
					connection={ connection }
					skus={ data.sku }
					onClose={ () => setPulling( false ) }
				/>
			) }
		</>
	);
}

function verdictLabel( explain: Explain ): Label {
	switch ( verdictOf( explain ) ) {
		case 'agrees':
			return { text: __( 'Agrees', 'pearlbridge' ), tone: 'success' };
		case 'differs':
			return {
				text: __( 'Changes with the next run', 'pearlbridge' ),
				tone: 'warning',
			};
		case 'left-alone':
			return { text: __( 'Left alone', 'pearlbridge' ), tone: 'neutral' };
	}
}

function Explained( {
	connection,
	explain,
}: {
	readonly connection: string;
	readonly explain: Explain;
} ) {
	const lines = calculationOf( explain );
	return (
		<div className="pb-stack">
			<div className="pb-figures">
				<dl>
					<div>
						<dt>{ __( 'The shop shows', 'pearlbridge' ) }</dt>
						<dd>{ figure( explain.shown ) }</dd>
					</div>
					<div
						className={
							verdictOf( explain ) === 'differs'
								? 'is-wanted'
								: ''
						}
					>
						<dt>{ __( 'It should show', 'pearlbridge' ) }</dt>
						<dd>{ figure( explain.wanted ) }</dd>
					</div>
				</dl>
				<p>{ explain.why }.</p>
			</div>
			<div className="pb-explain">
				<Panel title={ __( 'The sum', 'pearlbridge' ) } flush>
					{ lines === null ? (
						<p className="pb-explain__none pb-muted">
							{ __(
								'Brightpearl has no product to count with.',
								'pearlbridge'
							) }
						</p>
					) : (
						<Calculation
							connection={ connection }
							lines={ lines }
						/>
					) }
				</Panel>
				<Sides connection={ connection } explain={ explain } />
			</div>
		</div>
	);
}

function figure( value: number | null ) {
	return value === null ? <Nothing /> : formatNumber( value );
}

function Sides( {
	connection,
	explain: { store, brightpearl, lastWrite },
}: {
	readonly connection: string;
	readonly explain: Explain;
} ) {
	return (
		<Panel title={ __( 'Where it comes from', 'pearlbridge' ) }>
			<Facts
				items={ [
					{
						label: __( 'Product in the shop', 'pearlbridge' ),
						value:
							store === null
								? null
								: store.variationId === null
									? String( store.productId )
									: sprintf(
											/* translators: 1: id of a product, 2: id of its variation */
											__(
												'%1$s, variation %2$s',
												'pearlbridge'
											),
											String( store.productId ),
											String( store.variationId )
										),
					},
					{
						label: __( 'Keeps stock', 'pearlbridge' ),
						value:
							store === null
								? null
								: store.managesStock
									? __( 'yes', 'pearlbridge' )
									: __( 'no', 'pearlbridge' ),
					},
					{
						label: __( 'Read from the shop', 'pearlbridge' ),
						value: <Time at={ store?.readAt ?? null } exact />,
					},
					{
						label: __( 'Product in Brightpearl', 'pearlbridge' ),
						value: brightpearl?.productId ?? null,
					},
					{
						label: __( 'Read from Brightpearl', 'pearlbridge' ),
						value: (
							<Time at={ brightpearl?.readAt ?? null } exact />
						),
					},
					{
						label: __( 'Last written', 'pearlbridge' ),
						value:
							lastWrite === null ? null : (
								<>
									{ sprintf(
										/* translators: %s: the figure that was written */
										__( '%s, by', 'pearlbridge' ),
										formatNumber( lastWrite.value )
									) }{ ' ' }
									<Link
										to={ {
											screen: 'stock',
											connection,
											rest: [ 'runs', lastWrite.runId ],
										} }
									>
										{ sprintf(
											/* translators: %s: id of a stock run */
											__( 'run %s', 'pearlbridge' ),
											String( lastWrite.runId )
										) }
									</Link>
									<br />
									<span className="pb-muted">
										<Time at={ lastWrite.at } exact />
									</span>
								</>
							),
					},
				] }
			/>
		</Panel>
	);
}
