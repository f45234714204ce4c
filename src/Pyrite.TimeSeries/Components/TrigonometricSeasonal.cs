using Pyrite.Components;

namespace Pyrite;

/// <summary>Seasons as a sum of waves, each of which turns and takes noise (the trigonometric form).</summary>
/// <remarks>Wave j has frequency 2πj/S and two states, of which the first shows in the series; the one of frequency π has one state (Harvey 1989,
/// section 2.3.4). The period need not be whole, as 365.25 days of a year.</remarks>
/// <param name="period">S; 2 or more.</param>
/// <param name="scale">The standard deviation of the noise of each state.</param>
/// <param name="waves">How many waves, from the slowest on; all of a whole period, ⌊S/2⌋, if not given.</param>
/// <param name="start">The first states; diffuse if not given.</param>
public sealed class TrigonometricSeasonal(double period, Tensor scale, int? waves = null, InitialState? start = null) : StateSpaceComponent
{
    /// <summary>S.</summary>
    public double Period { get; } = period;

    /// <inheritdoc/>
    public override int StateCount { get; } = Waves(period, waves).Sum(wave => IsSingle(period, wave) ? 1 : 2);

    internal override ComponentParts Parts { get; } = ComponentParts.Of(
        ComponentParts.Blocks([.. Waves(period, waves).Select(wave => Turn(period, wave))]),
        ComponentParts.Diagonal([.. Enumerable.Repeat(ComponentParts.Squared(scale, nameof(TrigonometricSeasonal), nameof(scale)),
            Waves(period, waves).Sum(wave => IsSingle(period, wave) ? 1 : 2))]),
        Tensor.From<double>([.. Waves(period, waves).SelectMany(wave => IsSingle(period, wave) ? (double[])[1] : [1, 0])]), start,
        nameof(TrigonometricSeasonal));

    private static IEnumerable<int> Waves(double period, int? waves)
    {
        if (!(period >= 2) || !double.IsFinite(period))
        {
            throw new ArgumentOutOfRangeException(nameof(period), period, "TrigonometricSeasonal: a period is 2 steps or longer.");
        }
        int most = (int)Math.Floor(period / 2), count = waves ?? most;
        return count >= 1 && count <= most ? Enumerable.Range(1, count) : throw new ArgumentOutOfRangeException(nameof(waves), count,
            $"TrigonometricSeasonal: a period of {period} has 1 to {most} waves.");
    }

    private static bool IsSingle(double period, int wave) => 2 * wave == period;

    private static Tensor Turn(double period, int wave)
    {
        double angle = 2 * Math.PI * wave / period;
        return IsSingle(period, wave) ? Tensor.From(new double[,] { { -1 } })
            : Tensor.From(new double[,] { { Math.Cos(angle), Math.Sin(angle) }, { -Math.Sin(angle), Math.Cos(angle) } });
    }
}
