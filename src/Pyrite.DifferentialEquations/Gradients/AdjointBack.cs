using Pyrite.Runs;
using Pyrite.Stepping;
using Pyrite.Systems;

namespace Pyrite.Gradients;

/// <summary>Solves the adjoint equation backwards along the steps of the solution, with steps of its own under the same tolerances.</summary>
internal sealed class AdjointBack : StepBack
{
    private readonly OdeSystem system;
    private readonly AdjointDynamics dynamics;
    private readonly Stepper stepper;
    private readonly double relative;
    private readonly double[] slope;
    private readonly double[] ahead;
    private readonly double[] slopeAhead;
    private readonly List<(double Theta, double[] Upstream)> outputs = [];

    public AdjointBack(OdeSystem system, OdeRun run)
        : base(run)
    {
        this.system = system;
        dynamics = new AdjointDynamics(system, run);
        relative = run.Settings.Relative;
        stepper = new Stepper(run.Settings.For(dynamics), run.Settings);
        (slope, ahead, slopeAhead) = (new double[dynamics.Size], new double[dynamics.Size], new double[dynamics.Size]);
    }

    public override void Restart() => outputs.Clear();

    public override void AddOutput(in RunEntry step, double theta, ReadOnlySpan<double> upstream) => outputs.Add((theta, upstream.ToArray()));

    public override void GoBack(in RunEntry step, Span<double> adjoint, Span<double> gradients)
    {
        dynamics.MoveTo(step);
        double time = step.Time + step.Length;
        foreach ((double theta, double[] upstream) in outputs)
        {
            double stop = step.Time + (theta * step.Length);
            Solve(ref time, stop, adjoint, gradients);
            AddTo(adjoint, 1, upstream);
        }
        outputs.Clear();
        Solve(ref time, step.Time, adjoint, gradients);
    }

    public override void Finish(Span<double> adjoint, Span<double> gradients)
    {
        // Nothing waits.
    }

    private void Solve(ref double time, double stop, Span<double> adjoint, Span<double> gradients)
    {
        if (time == stop)
        {
            return;
        }
        int n = system.Size;
        Span<double> wanted = gradients.Slice(system.WantedAt, system.WantedCount);
        double[] state = stepper.Scheme.Before;
        adjoint.CopyTo(state);
        wanted.CopyTo(state.AsSpan(n));
        dynamics.Slope(time, state, slope);
        double largest = 0;
        foreach (double value in adjoint)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        // A gradient that is zero here and begins to grow has no size yet; the slope a step further shows it.
        for (int i = 0; i < state.Length; i++)
        {
            ahead[i] = state[i] + ((stop - time) * slope[i]);
        }
        dynamics.Slope(stop, ahead, slopeAhead);
        for (int i = 0; i < state.Length; i++)
        {
            double size = i < n ? largest : Math.Abs(state[i]) + Math.Abs((stop - time) * Math.Max(Math.Abs(slope[i]), Math.Abs(slopeAhead[i])));
            stepper.Absolute[i] = relative * (size > 0 && double.IsFinite(size) ? size : largest > 0 ? largest : 1);
        }
        stepper.Reset();
        OdeStatus status = stepper.Start(time, stop, Math.Abs(stop - time)) ? OdeStatus.Solved : OdeStatus.NotFinite;
        while (status == OdeStatus.Solved && stepper.Time != stop)
        {
            status = stepper.Try(stop);
            if (status == OdeStatus.Solved)
            {
                stepper.Accept();
            }
        }
        if (status != OdeStatus.Solved)
        {
            throw new OdeException(status, stepper.Time,
                $"Ode.Solve: the adjoint equation, which gives the gradient, could not be solved past t = {stepper.Time} ({status}). Use "
                    + "OdeGradient.Discrete, whose gradient needs no solve.");
        }
        state.AsSpan(0, n).CopyTo(adjoint);
        state.AsSpan(n).CopyTo(wanted);
        time = stop;
    }
}
