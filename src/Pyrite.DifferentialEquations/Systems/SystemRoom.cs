using Pyrite.Stepping;

namespace Pyrite.Systems;

/// <summary>A system with the numbers of one solve.</summary>
internal sealed class SystemRoom : IDynamics
{
    private readonly OdeSystem system;
    private readonly double[] captured;
    private readonly SparseJacobian? sparse;

    public SystemRoom(OdeSystem system)
    {
        this.system = system;
        captured = new double[system.WantedCount + system.FixedCount];
        int wanted = 0, other = system.WantedCount;
        List<ClosureRoom> rooms = [];
        foreach (ClosureCode code in system.Closures)
        {
            List<int> sources = [], targets = [];
            for (int i = 0; i < code.Counts.Length; i++)
            {
                for (int k = 0; k < code.Counts[i]; k++)
                {
                    sources.Add(code.Wanted[i] ? wanted : other);
                    if (code.Wanted[i])
                    {
                        targets.Add(system.WantedAt + wanted++);
                    }
                    else
                    {
                        other++;
                    }
                }
            }
            rooms.Add(new ClosureRoom(code, [.. sources], [.. targets]));
        }
        Right = rooms[0];
        sparse = system.IsLarge ? new SparseJacobian(Right, system.Size, system.EventTimesAt) : null;
        Jumps = [.. rooms.Skip(1).Take(system.Events.Length)];
        int root = 1 + system.Events.Length;
        Roots = [.. system.Events.Select(e => e.Root is null ? null : rooms[root++])];
    }

    /// <summary>The right-hand side.</summary>
    public ClosureRoom Right { get; }

    /// <summary>What each event does.</summary>
    public ClosureRoom[] Jumps { get; }

    /// <summary>The root of each event; null where times are given.</summary>
    public ClosureRoom?[] Roots { get; }

    public int Size => system.Size;

    /// <summary>Whether the Jacobian is made of products.</summary>
    public bool IsLarge => system.IsLarge;

    /// <summary>Takes the captured numbers of both blocks.</summary>
    public void Load(ReadOnlySpan<double> tracked, ReadOnlySpan<double> others)
    {
        tracked.Slice(system.WantedAt, system.WantedCount).CopyTo(captured);
        others.Slice(system.Size, system.FixedCount).CopyTo(captured.AsSpan(system.WantedCount));
        Right.Load(captured);
        sparse?.Restart();
        foreach (ClosureRoom jump in Jumps)
        {
            jump.Load(captured);
        }
        foreach (ClosureRoom? root in Roots)
        {
            root?.Load(captured);
        }
    }

    public void Slope(double t, ReadOnlySpan<double> y, Span<double> slope) => Right.Value(t, y, slope);

    public void Jacobian(double t, ReadOnlySpan<double> y, Span<double> jacobian, Span<double> timeSlope)
    {
        if (sparse is null)
        {
            Right.Jacobian(t, y, jacobian, timeSlope);
            return;
        }
        sparse.Compute(t, y, jacobian);
        Right.TimeSlope(t, y, timeSlope);
    }
}
