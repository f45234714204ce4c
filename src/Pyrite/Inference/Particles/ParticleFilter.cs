using Pyrite.Inference.Diagnostics.Statistics;
using Pyrite.Inference.Particles;

namespace Pyrite;

/// <summary>The bootstrap particle filter: states of a series given its observations so far, and the likelihood, for any transition and
/// emission.</summary>
/// <remarks>Gordon, Salmond and Smith, "Novel approach to nonlinear/non-Gaussian Bayesian state estimation" (1993). The likelihood's estimate (not
/// its
/// logarithm's) has no bias.</remarks>
public static class ParticleFilter
{
    /// <summary>Filters a series.</summary>
    /// <param name="initial">The distribution of the state at the first observation: batch shape [], event shape that of a state.</param>
    /// <param name="transition">The distribution of the next state, from the time of that state (1, 2, …) and the present states of all particles,
    /// [particles, …]: batch shape [particles].</param>
    /// <param name="emission">The distribution of an observation, from its time and the states of all particles: batch shape [particles].</param>
    /// <param name="observations">The observations, [times, …].</param>
    /// <param name="observed">Which times are observed, Bool [times]; all if not given.</param>
    /// <param name="particles">How many.</param>
    /// <param name="essFraction">Particles are chosen anew where their effective number falls under this fraction of them; 1 for every time.</param>
    /// <param name="scheme">How they are chosen.</param>
    /// <param name="seed">Decides all randomness.</param>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    /// <exception cref="InvalidOperationException">An observation is impossible for all particles, or the emission refuses it; the message says
    /// which.</exception>
    public static ParticleFilterResult Run(Distribution initial, Func<int, Tensor, Distribution> transition, Func<int, Tensor, Distribution> emission,
        Tensor observations, Tensor? observed = null, int particles = 1_000, double essFraction = 0.5,
        ResamplingScheme scheme = ResamplingScheme.Systematic, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentNullException.ThrowIfNull(transition);
        ArgumentNullException.ThrowIfNull(emission);
        ArgumentNullException.ThrowIfNull(observations);
        ArgumentOutOfRangeException.ThrowIfLessThan(particles, 2);
        if (observations.Rank == 0 || initial.BatchShape.Rank > 0 || !(essFraction > 0 && essFraction <= 1)
            || (observed is not null && !(observed.Rank == 1 && observed.Shape[0] == observations.Shape[0])))
        {
            throw new ArgumentException($"A particle filter takes observations [times, …], an initial distribution of batch shape [], flags "
                + $"[times] and an effective fraction above 0 and at most 1; found observations "
                + $"{observations.Shape}, batch shape {initial.BatchShape}, flags {observed?.Shape.ToString() ?? "none"} and {essFraction}.");
        }
        using Precision.Scope precision = Precision.Use(DType.Float64);
        using NoGradient.Scope untracked = NoGradient.Begin();
        int times = (int)observations.Shape[0];
        bool[]? seen = observed?.ToArray<bool>();
        RandomKey key = RandomKey.FromSeed(seed).Child("particle filter");
        FilterTable table = new(times, initial.EventShape);
        Tensor states = initial.Expand([particles]).Sample(key.Child("initial"));
        double[] logWeights = new double[particles];
        Array.Fill(logWeights, -Math.Log(particles));
        for (int time = 0; time < times; time++)
        {
            RandomKey own = key.Child(time);
            if (time > 0)
            {
                Distribution next = Checked(transition(time, states), particles, "transition", time);
                states = next.Sample(own.Child("transition"));
            }
            double term = 0;
            if (seen is null || seen[time])
            {
                Distribution law = Checked(emission(time, states), particles, "emission", time);
                double[] densities = Densities(law, observations[time], time);
                for (int i = 0; i < particles; i++)
                {
                    logWeights[i] += densities[i];
                }
                term = SampleMoments.LogSumExp(logWeights);
                if (!double.IsFinite(term))
                {
                    throw new InvalidOperationException($"At time {time} the observation {observations[time]} is impossible for all {particles} "
                        + "particles (or its log-density is NaN). Check data and emission, or take more particles.");
                }
                for (int i = 0; i < particles; i++)
                {
                    logWeights[i] -= term;
                }
            }
            double size = ParticleResampling.EffectiveSize(logWeights);
            bool isChosenAnew = size < essFraction * particles || essFraction == 1;
            table.Add(term, size, isChosenAnew, states, logWeights);
            if (isChosenAnew)
            {
                int[] chosen = ParticleResampling.Run(scheme, logWeights, own.Child("resample"));
                states = states.Take(Tensor.From<long>(Array.ConvertAll(chosen, one => (long)one)), 0);
                Array.Fill(logWeights, -Math.Log(particles));
            }
        }
        return table.Result(states, logWeights);
    }

    private static double[] Densities(Distribution law, Tensor observation, int time)
    {
        try
        {
            return law.LogProb(observation).To(DType.Float64).ToArray<double>();
        }
        catch (ArgumentException refusal)
        {
            throw new InvalidOperationException($"At time {time} the emission refuses its observation: {refusal.Message} Say which times are "
                + "observed (observed:), and where the support depends on the state, make the distribution with validate: false: such particles "
                + "weigh 0.", refusal);
        }
    }

    private static Distribution Checked(Distribution law, int particles, string what, int time)
    {
        ArgumentNullException.ThrowIfNull(law);
        return law.BatchShape.Rank == 1 && law.BatchShape[0] == particles
            ? law
            : throw new ArgumentException($"The {what} of a particle filter gives a distribution of batch shape [{particles}], one for each "
                + $"particle; at time {time} it gave batch shape {law.BatchShape} and event shape {law.EventShape}. Where states are "
                + "vectors, turn their axis into an event (ToEvent), and index them along the last axis.");
    }
}
