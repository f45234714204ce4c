using Pyrite.Components;

namespace Pyrite;

/// <summary>Seasons by their effects, which sum to 0 over a period but for noise (the dummy form).</summary>
/// <remarks>s_{t+1} = -s_t - … - s_{t-S+2} + noise (Harvey 1989, section 2.3.4). The states are the effects of the present season and of the S - 2
/// before it.</remarks>
/// <param name="period">S, the seasons of a period; 2 or more.</param>
/// <param name="scale">The standard deviation of the noise; 0 keeps the seasons as they are.</param>
/// <param name="start">The first S - 1 states; diffuse if not given.</param>
public sealed class Seasonal(int period, Tensor scale, InitialState? start = null) : StateSpaceComponent
{
    /// <summary>S.</summary>
    public int Period { get; } = period;

    /// <inheritdoc/>
    public override int StateCount => Period - 1;

    internal override ComponentParts Parts { get; } = ComponentParts.Of(Moves(period),
        ComponentParts.Blocks(period == 2
            ? [ComponentParts.Diagonal(ComponentParts.Squared(scale, nameof(Seasonal), nameof(scale)))]
            : [ComponentParts.Diagonal(ComponentParts.Squared(scale, nameof(Seasonal), nameof(scale))),
                ComponentParts.Zeros(period - 2, period - 2)]),
        First(period - 1), start, nameof(Seasonal));

    private static Tensor Moves(int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 2);
        double[,] moves = new double[period - 1, period - 1];
        for (int i = 0; i < period - 1; i++)
        {
            moves[0, i] = -1;
            if (i > 0)
            {
                moves[i, i - 1] = 1;
            }
        }
        return Tensor.From(moves);
    }

    private static Tensor First(int states) => Tensor.From<double>([1, .. new double[states - 1]]);
}
