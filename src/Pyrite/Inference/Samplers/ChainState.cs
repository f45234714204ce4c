using Pyrite.Inference.Potentials;
using Pyrite.Inference.Samplers;


namespace Pyrite;

/// <summary>Where a chain is and what its sampler has learnt; each step advances it.</summary>
public sealed class ChainState
{
    internal ChainState(Potential potential, ReadOnlySpan<double> start, int warmup)
    {
        Potential = potential;
        Warmup = warmup;
        Point = start.ToArray();
        Slope = new double[Point.Length];
        Last = default(Transition) with { LogDensity = potential.LogDensity(Point, Slope) };
        if (!double.IsFinite(Last.LogDensity))
        {
            throw StartingPoint.Refusal(potential, Point, "the start that was given has no");
        }
    }

    /// <summary>Where a chain stood when it was saved.</summary>
    /// <exception cref="InvalidDataException">The numbers are not those of such a chain.</exception>
    internal ChainState(Potential potential, ChainSnapshot saved, int warmup)
    {
        Potential = potential;
        Warmup = warmup;
        Point = saved.Take("position", potential.Dimension);
        Slope = saved.Take("gradient", potential.Dimension);
        Transitions = saved.Transitions;
        Last = SamplerReport.Read(saved.Take("last", SamplerReport.Count));
    }

    /// <summary>What the chain samples from.</summary>
    public Potential Potential { get; }

    /// <summary>How many transitions belong to warm-up.</summary>
    public int Warmup { get; }

    /// <summary>How many transitions have been made.</summary>
    public long Transitions { get; internal set; }

    /// <summary>Whether the next transition belongs to warm-up.</summary>
    public bool IsWarmup => Transitions < Warmup;

    /// <summary>The unconstrained numbers.</summary>
    public ReadOnlySpan<double> Position => Point;

    /// <summary>The gradient of the log-density there.</summary>
    public ReadOnlySpan<double> Gradient => Slope;

    /// <summary>What the last transition reported.</summary>
    public Transition Last { get; internal set; }

    internal double[] Point { get; }

    internal double[] Slope { get; }

    /// <summary>Computes density and gradient at the present point anew.</summary>
    internal void Refresh()
    {
        double logDensity = Potential.LogDensity(Point, Slope);
        Last = Last with { LogDensity = logDensity };
    }

    /// <summary>Writes down where the chain stands.</summary>
    internal void Export(IDictionary<string, double[]> numbers)
    {
        numbers["position"] = (double[])Point.Clone();
        numbers["gradient"] = (double[])Slope.Clone();
        double[] last = new double[SamplerReport.Count];
        SamplerReport.Write(Last, last);
        numbers["last"] = last;
    }

    /// <summary>What belongs to the sampler alone.</summary>
    internal object? Details { get; set; }
}
