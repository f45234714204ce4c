using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Pyrite.Gradients;
using Pyrite.Runs;
using Pyrite.Stepping;
using Pyrite.Systems;

namespace Pyrite.Operations;

/// <summary>Memory for a solve and its gradient; as many as there are solves at once, and then used again.</summary>
internal sealed class SolveRoom
{
    private static readonly ConditionalWeakTable<OdeSystem, ConcurrentDictionary<StepSettings, ConcurrentBag<SolveRoom>>> All = [];

    private readonly OdeSystem system;
    private readonly ConcurrentBag<SolveRoom> home;
    private readonly Dictionary<OdeGradient, RunBack> backs = [];

    private double[] gradients = [];

    private SolveRoom(OdeSystem system, StepSettings settings, ConcurrentBag<SolveRoom> home)
    {
        (this.system, this.home) = (system, home);
        Run = new OdeRun(system, settings);
    }

    /// <summary>The solve.</summary>
    public OdeRun Run { get; }

    /// <summary>Takes a room; the thread's own last one where it is free.</summary>
    public static SolveRoom Take(OdeSystem system, StepSettings settings)
    {
        ConcurrentBag<SolveRoom> bag = All.GetOrCreateValue(system).GetOrAdd(settings, _ => []);
        return bag.TryTake(out SolveRoom? idle) ? idle : new SolveRoom(system, settings, bag);
    }

    /// <summary>Gives it back. One in which something failed is left to the garbage collector.</summary>
    public void Return() => home.Add(this);

    /// <summary>Room for the gradients of the first block, all zeros.</summary>
    public double[] Gradients(int count)
    {
        if (gradients.Length != count)
        {
            gradients = new double[count];
        }
        Array.Clear(gradients);
        return gradients;
    }

    /// <summary>The way back through the run.</summary>
    public RunBack BackOf(OdeGradient gradient) => backs.TryGetValue(gradient, out RunBack? known) ? known
        : backs[gradient] = new RunBack(system, Run, gradient == OdeGradient.Adjoint ? new AdjointBack(system, Run)
            : Run.Settings.IsStiff ? new RosenbrockBack(Run) : new ExplicitBack(Run));
}
