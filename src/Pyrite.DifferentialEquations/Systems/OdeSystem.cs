using System.Collections.Concurrent;

namespace Pyrite.Systems;

/// <summary>A differential equation with its events, without the numbers of one solve. Equal ones are shared, with their code.</summary>
/// <remarks>
/// The numbers come in two blocks. Gradients flow to the first: the state, the start, the wanted captured numbers, the times of events, the times of
/// outputs. The second holds the absolute tolerances and the other captured numbers.
/// </remarks>
internal sealed class OdeSystem : IEquatable<OdeSystem>
{
    private const int MostShared = 200;

    /// <summary>Larger right-hand sides have no code for the whole Jacobian, whose length grows with the square of the state.</summary>
    private const int LargestWhole = 32;

    private static readonly ConcurrentDictionary<OdeSystem, OdeSystem> Known = [];

    private OdeSystem(ClosureCode slope, EventCode[] events)
    {
        (Slope, Events) = (slope, events);
        Closures = [slope, .. events.Select(e => e.Jump), .. events.Select(e => e.Root).OfType<ClosureCode>()];
        WantedCount = Closures.Sum(code => code.WantedCount);
        FixedCount = Closures.Sum(code => code.Captured - code.WantedCount);
        EventTimes = events.Sum(e => e.Times);
    }

    /// <summary>Whether the Jacobian is made of products (<see cref="SparseJacobian"/>).</summary>
    public bool IsLarge => Size > LargestWhole;

    /// <summary>The right-hand side.</summary>
    public ClosureCode Slope { get; }

    /// <summary>What happens to the state.</summary>
    public EventCode[] Events { get; }

    /// <summary>The right-hand side, what events do, and their roots, in the order of their captured numbers.</summary>
    public ClosureCode[] Closures { get; }

    /// <summary>How many numbers the state has.</summary>
    public int Size => Slope.Size;

    /// <summary>How many captured numbers gradients flow to.</summary>
    public int WantedCount { get; }

    /// <summary>How many other captured numbers there are.</summary>
    public int FixedCount { get; }

    /// <summary>How many times of events are given.</summary>
    public int EventTimes { get; }

    /// <summary>Whether an event may end the solve.</summary>
    public bool CanEnd => Array.Exists(Events, e => e.IsEnd);

    /// <summary>Where the wanted captured numbers begin in the first block.</summary>
    public int WantedAt => Size + 1;

    /// <summary>Where the times of events begin in the first block.</summary>
    public int EventTimesAt => WantedAt + WantedCount;

    /// <summary>Where the times of outputs begin in the first block.</summary>
    public int TimesAt => EventTimesAt + EventTimes;

    /// <summary>The system that stands for all equal ones.</summary>
    public static OdeSystem Of(ClosureCode slope, EventCode[] events)
    {
        if (Known.Count >= MostShared)
        {
            Known.Clear();
        }
        OdeSystem system = new(slope, events);
        return Known.GetOrAdd(system, system);
    }

    public bool Equals(OdeSystem? other) => other is not null && Slope.Equals(other.Slope) && Events.SequenceEqual(other.Events);

    public override bool Equals(object? obj) => Equals(obj as OdeSystem);

    public override int GetHashCode() => HashCode.Combine(Slope, Events.Length);
}
