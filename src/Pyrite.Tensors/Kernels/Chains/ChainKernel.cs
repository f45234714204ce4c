namespace Pyrite.Kernels.Chains;

/// <summary>The log of the sum over all paths of each chain of a batch, and its gradient.</summary>
/// <remarks>Chains come one after the other, on one thread; where all share their transitions, these gradients are added in that order.</remarks>
internal static unsafe class ChainKernel
{
    /// <summary>The forward passes; kept is [chains, steps + 1, 2 states].</summary>
    public static void Forward(in ChainSizes sizes, ReadOnlySpan<double> transitions, ReadOnlySpan<double> scores, Span<double> kept)
    {
        fixed (double* logs = transitions, own = scores, room = kept)
        {
            for (int chain = 0; chain < sizes.Chains; chain++)
            {
                double* matrices = logs + (sizes.OwnTransitions ? (nint)chain * sizes.Matrices * sizes.Square : 0);
                double* states = own + ((nint)chain * sizes.Steps * sizes.States), rows = room + ((nint)chain * sizes.Kept);
                kept.Slice(chain * sizes.Kept, sizes.Kept)[^sizes.Row..].Clear();
                if (!ChainWeights.TryForward(sizes, matrices, states, rows))
                {
                    ChainLogarithms.Forward(sizes, matrices, states, rows);
                }
            }
        }
    }

    /// <summary>The log-sums, out of what the forward passes kept.</summary>
    public static void Totals(in ChainSizes sizes, ReadOnlySpan<double> kept, Span<double> totals)
    {
        for (int chain = 0; chain < sizes.Chains; chain++)
        {
            totals[chain] = kept[(chain * sizes.Kept) + (sizes.Steps * sizes.Row)];
        }
    }

    /// <summary>The gradients: of all scores, and behind them of all transitions. Chains whose upstream gradient is 0 have none, whatever their
    /// numbers.</summary>
    public static void Gradient(in ChainSizes sizes, ReadOnlySpan<double> transitions, ReadOnlySpan<double> kept, ReadOnlySpan<double> upstream,
        Span<double> gradient)
    {
        gradient[sizes.Scores..].Clear();
        fixed (double* logs = transitions, room = kept, target = gradient)
        {
            for (int chain = 0; chain < sizes.Chains; chain++)
            {
                nint matrices = sizes.OwnTransitions ? (nint)chain * sizes.Matrices * sizes.Square : 0;
                double* rows = room + ((nint)chain * sizes.Kept), states = target + ((nint)chain * sizes.Steps * sizes.States);
                double* pairs = target + sizes.Scores + matrices;
                if (upstream[chain] == 0)
                {
                    new Span<double>(states, sizes.Steps * sizes.States).Clear();
                }
                else if (rows[((nint)sizes.Steps * sizes.Row) + 1] == 0)
                {
                    ChainWeights.AddGradient(sizes, logs + matrices, rows, upstream[chain], states, pairs);
                }
                else
                {
                    ChainLogarithms.AddGradient(sizes, logs + matrices, rows, upstream[chain], states, pairs);
                }
            }
        }
    }
}
