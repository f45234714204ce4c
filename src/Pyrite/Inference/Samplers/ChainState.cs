using Pyrite.Inference.Potentials;
using Pyrite.Inference.Samplers;

namespace Pyrite;

/// <summary>The record of a chain between two transitions: where it is, its source of randomness, and what its sampler has learnt.</summary>
/// <remarks><see cref="Sampler.Start"/> makes it, <see cref="Sampler.Step"/> takes it and gives it back one transition later. Saving a chain is
/// writing the numbers of this record (<see cref="ToNumbers"/>), and a chain goes on from them (<see cref="From"/>) with the same bits.</remarks>
public sealed class ChainState
{
    private const string PositionName = "position";
    private const string GradientName = "gradient";
    private const string LastName = "last";
    private const string CountsName = "counts";
    private const string KeyName = "key";

    private readonly double[] point;
    private readonly double[] slope;
    private readonly RandomKey transitionKey;

    private ChainState(double[] point, double[] slope, int warmup, RandomKey key, StateNumbers learnt)
    {
        this.point = point;
        this.slope = slope;
        Warmup = warmup;
        Key = key;
        transitionKey = key.Child("transitions");
        Learnt = learnt;
    }

    /// <summary>How many transitions belong to warm-up.</summary>
    public int Warmup { get; }

    /// <summary>How many transitions have been made.</summary>
    public long Transitions { get; private set; }

    /// <summary>Whether the next transition belongs to warm-up.</summary>
    public bool IsWarmup => Transitions < Warmup;

    /// <summary>The unconstrained numbers.</summary>
    public ReadOnlySpan<double> Position => point;

    /// <summary>The gradient of the log-density there.</summary>
    public ReadOnlySpan<double> Gradient => slope;

    /// <summary>The log-density there, volume changes included.</summary>
    public double LogDensity => Last.LogDensity;

    /// <summary>What the last transition reported; zeros and the log-density before the first.</summary>
    public Transition Last { get; private set; }

    /// <summary>The source of all randomness of the chain.</summary>
    public RandomKey Key { get; }

    /// <summary>The source of randomness before the first transition.</summary>
    public RandomKey StartKey => Key.Child("sampler");

    /// <summary>The source of randomness of the next transition; another one after each.</summary>
    public RandomKey NextKey => transitionKey.Child(Transitions);

    /// <summary>What the sampler has learnt.</summary>
    public StateNumbers Learnt { get; }

    /// <summary>Memory that a sampler wants at hand from one transition to the next, made from the record; null in a new or loaded one. It is neither
    /// saved nor copied.</summary>
    public object? Workspace { get; set; }

    /// <summary>The first record of a chain.</summary>
    /// <param name="potential">What to sample from.</param>
    /// <param name="position">The first point, unconstrained.</param>
    /// <param name="warmup">How many transitions belong to warm-up; not negative.</param>
    /// <param name="key">The source of all randomness of the chain.</param>
    /// <exception cref="ModelException">The log-density is not finite there.</exception>
    public static ChainState At(Potential potential, ReadOnlySpan<double> position, int warmup, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(potential);
        ArgumentOutOfRangeException.ThrowIfNegative(warmup);
        ChainState state = new(position.ToArray(), new double[position.Length], warmup, key, new StateNumbers());
        state.Refresh(potential);
        return double.IsFinite(state.LogDensity)
            ? state
            : throw StartingPoint.Refusal(potential, state.point, "the start that was given has no");
    }

    /// <summary>Ends a transition at another point.</summary>
    /// <param name="position">The point, unconstrained.</param>
    /// <param name="gradient">The gradient of the log-density there.</param>
    /// <param name="transition">What to report of the transition; its log-density is that of the point.</param>
    /// <returns>The record after the transition, in the same memory.</returns>
    /// <exception cref="ArgumentException">The vectors have another length.</exception>
    public ChainState Move(ReadOnlySpan<double> position, ReadOnlySpan<double> gradient, in Transition transition)
    {
        if (position.Length != point.Length || gradient.Length != point.Length)
        {
            throw new ArgumentException(
                $"A chain of {point.Length} numbers moves to a point and gradient of as many; found {position.Length} and {gradient.Length}.");
        }
        position.CopyTo(point);
        gradient.CopyTo(slope);
        return Stay(transition);
    }

    /// <summary>Ends a transition where it began.</summary>
    /// <param name="transition">What to report of the transition; its log-density is that of the point.</param>
    /// <returns>The record after the transition, in the same memory.</returns>
    public ChainState Stay(in Transition transition)
    {
        Last = transition;
        Transitions++;
        return this;
    }

    /// <summary>A record of its own that goes on as this one would; without the workspace.</summary>
    public ChainState Copy() => From(ToNumbers());

    /// <summary>All of the record as numbers by name, copied.</summary>
    public IReadOnlyDictionary<string, double[]> ToNumbers()
    {
        Dictionary<string, double[]> numbers = [];
        Learnt.CopyTo(numbers);
        double[] last = new double[SamplerReport.Count];
        SamplerReport.Write(Last, last);
        numbers[PositionName] = (double[])point.Clone();
        numbers[GradientName] = (double[])slope.Clone();
        numbers[LastName] = last;
        numbers[CountsName] = [Transitions, Warmup];
        numbers[KeyName] = [Key.Key >> 32, (uint)Key.Key, Key.Stream >> 32, (uint)Key.Stream];
        return numbers;
    }

    /// <summary>The record with such numbers.</summary>
    /// <param name="numbers">What <see cref="ToNumbers"/> gave; copied.</param>
    /// <exception cref="InvalidDataException">Numbers are missing or not as many as expected.</exception>
    public static ChainState From(IReadOnlyDictionary<string, double[]> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return Restore(numbers, "The state of a chain");
    }

    /// <summary>The record with such numbers, whose messages begin with their owner.</summary>
    internal static ChainState Restore(IReadOnlyDictionary<string, double[]> numbers, string owner)
    {
        StateNumbers learnt = new(numbers, owner);
        double[] position = learnt.Take(PositionName, numbers.TryGetValue(PositionName, out double[]? found) ? found.Length : 0);
        double[] gradient = learnt.Take(GradientName, position.Length), last = learnt.Take(LastName, SamplerReport.Count);
        double[] counts = learnt.Take(CountsName, 2), key = learnt.Take(KeyName, 4);
        if (!Array.TrueForAll(counts, count => count >= 0 && count <= long.MaxValue / 2 && count == Math.Floor(count)) || counts[1] > int.MaxValue
            || !Array.TrueForAll(key, part => part >= 0 && part <= uint.MaxValue && part == Math.Floor(part)))
        {
            throw new InvalidDataException($"{owner} has \"{CountsName}\" or \"{KeyName}\" that are none. It is damaged.");
        }
        foreach (string own in (string[])[PositionName, GradientName, LastName, CountsName, KeyName])
        {
            learnt.Remove(own);
        }
        RandomKey source = new(Whole(key[0], key[1]), Whole(key[2], key[3]));
        return new ChainState(position, gradient, (int)counts[1], source, learnt)
        {
            Transitions = (long)counts[0],
            Last = SamplerReport.Read(last),
        };
    }

    /// <summary>Numbers of a state that an earlier version saved, which had neither counts nor key.</summary>
    internal static IReadOnlyDictionary<string, double[]> Complete(IReadOnlyDictionary<string, double[]> numbers, long transitions, int warmup,
        RandomKey key) => numbers.ContainsKey(CountsName) && numbers.ContainsKey(KeyName)
        ? numbers
        : new Dictionary<string, double[]>(numbers)
        {
            [CountsName] = [transitions, warmup],
            [KeyName] = [key.Key >> 32, (uint)key.Key, key.Stream >> 32, (uint)key.Stream],
        };

    /// <summary>Computes density and gradient at the present point anew.</summary>
    internal void Refresh(Potential potential)
    {
        double logDensity = potential.LogDensity(point, slope);
        Last = Last with { LogDensity = logDensity };
    }

    private static ulong Whole(double high, double low) => ((ulong)high << 32) | (ulong)low;
}
