using Pyrite.Inference.Samplers.Adaptation;

namespace Pyrite.Inference.Samplers;

/// <summary>What a Hamiltonian chain learns during warm-up: step size and metric.</summary>
internal sealed class HamiltonianWarmup
{
    private const string AdaptationName = "adaptation";

    private readonly HamiltonianSampler sampler;
    private readonly HamiltonianMotion motion;
    private readonly IReadOnlyList<(int First, int Last)> windows;
    private readonly double[] adaptation;
    private readonly MetricEstimate? estimate;

    public HamiltonianWarmup(HamiltonianSampler sampler, HamiltonianMotion motion, ChainState state)
    {
        this.sampler = sampler;
        this.motion = motion;
        windows = sampler.Schedule.Checked(state.Warmup);
        adaptation = state.Learnt.Room(AdaptationName, sampler.Adaptation.StateSize);
        estimate = sampler.AdaptMetric && windows.Count > 2 ? sampler.Structure.Begin(motion.Point.Potential, state.Learnt) : null;
    }

    /// <summary>Finds the first step size where none was given.</summary>
    public void Start(ChainState state)
    {
        if (sampler.StepSize is null)
        {
            StepSizeSearch.Run(motion, sampler.Integrator, state, state.StartKey.Child("step size"));
        }
        sampler.Adaptation.Restart(adaptation, motion.StepSize);
    }

    /// <summary>Learns from the last transition.</summary>
    /// <param name="state">The chain after it.</param>
    /// <param name="key">Its source of randomness.</param>
    public void Learn(ChainState state, RandomKey key)
    {
        long number = state.Transitions - 1;
        if (number >= state.Warmup)
        {
            return;
        }
        if (sampler.AdaptStepSize)
        {
            sampler.Adaptation.Update(adaptation, state.Last.AcceptanceProbability, sampler.TargetAcceptance);
            motion.StepSize = sampler.Adaptation.Current(adaptation);
        }
        if (estimate is not null && number >= windows[1].First && number <= windows[^2].Last)
        {
            estimate.Add(state.Position);
            if (IsEndOfWindow(number))
            {
                TakeMetric(estimate, state.Learnt);
                RestartStepSize(state, key);
            }
        }
        if (number == state.Warmup - 1 && sampler.AdaptStepSize)
        {
            motion.StepSize = sampler.Adaptation.Settled(adaptation);
        }
    }

    private void TakeMetric(MetricEstimate finished, StateNumbers learnt)
    {
        Metric.Forget(learnt);
        motion.Point.Metric = MetricOf(finished);
        motion.Point.Metric.Write(learnt);
        finished.Clear();
    }

    /// <summary>Sums of a warm-up window are those of a covariance, unless they come from a damaged file, or positions overflow.</summary>
    private static Metric MetricOf(MetricEstimate finished)
    {
        try
        {
            return finished.Metric();
        }
        catch (ArgumentException failure)
        {
            throw new InvalidDataException(
                $"The positions of this warm-up window give no metric: {failure.Message} Sums that were loaded from a damaged state do that, "
                    + "and positions too large to be squared. Start the run anew; if it happens again, look for a latent site that its data do "
                    + "not hold.",
                failure);
        }
    }

    private void RestartStepSize(ChainState state, RandomKey key)
    {
        if (sampler.AdaptStepSize)
        {
            StepSizeSearch.Run(motion, sampler.Integrator, state, key.Child(2));
            sampler.Adaptation.Restart(adaptation, motion.StepSize);
        }
    }

    private bool IsEndOfWindow(long number)
    {
        for (int i = 1; i < windows.Count - 1; i++)
        {
            if (windows[i].Last == number)
            {
                return true;
            }
        }
        return false;
    }
}
