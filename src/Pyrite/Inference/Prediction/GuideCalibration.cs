using Pyrite.Inference.Diagnostics.Summaries;
using Pyrite.Language;


namespace Pyrite;

/// <summary>Simulation-based calibration of a guide: whether fits to data that the model itself made know how sure they may be.</summary>
/// <remarks>Each simulation draws latents and data from the model, fits the guide, and ranks the true value of every number among posterior draws.
/// Right posteriors give uniform ranks. Talts, Betancourt, Simpson, Vehtari and Gelman, "Validating Bayesian inference algorithms with
/// simulation-based calibration", 2018.</remarks>
public sealed class GuideCalibration
{
    private readonly Dictionary<string, int[]> ranks;

    private GuideCalibration(int draws, Dictionary<string, int[]> ranks)
    {
        PosteriorDraws = draws;
        this.ranks = ranks;
    }

    /// <summary>How many posterior draws each true value was ranked among; ranks go from 0 to this number.</summary>
    public int PosteriorDraws { get; }

    /// <summary>The numbers that were ranked.</summary>
    public IReadOnlyCollection<string> Names => ranks.Keys;

    /// <summary>Simulates, fits and ranks.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">What it takes; its observations are replaced by simulated ones.</param>
    /// <param name="fit">Fits a guide to the model it is given, in which the simulated data are observed, and returns posterior draws of the latent
    /// sites, independent of each other. The number is that of the simulation, for a seed.</param>
    /// <param name="simulations">How many.</param>
    /// <param name="seed">Decides the simulations.</param>
    /// <exception cref="ArgumentException">Fits return different numbers of draws.</exception>
    public static GuideCalibration Of<T>(Action<T> model, T data, Func<Action<T>, int, Draws> fit, int simulations, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(fit);
        SynchronousModel.Require(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(simulations, 1);
        RandomKey root = RandomKey.FromSeed(seed).Child("calibration");
        Dictionary<string, int[]> ranks = [];
        int draws = 0;
        for (int number = 0; number < simulations; number++)
        {
            Trace truth;
            using (NoGradient.Begin())
            {
                truth = Trace.Of(() => model(data), new SeedHandler(root.Child(number)), new UnconditionHandler());
            }
            Dictionary<string, Tensor> observed =
                truth.SampleSites.Where(site => site.Observation is not null && site.Distribution is not Unit)
                    .ToDictionary(site => site.Name, site => site.Value);
            if (observed.Count == 0)
            {
                throw new ModelException(null,
                    "The model observes nothing with these data, so there is nothing to simulate. Give it observations; their values do not matter.");
            }
            Draws posterior = fit(new ConditionHandler(observed).Wrap(model), number);
            draws = draws == 0 || draws == posterior.Count
                ? posterior.Count
                : throw new ArgumentException($"Each fit must return the same number of draws; found {draws} and {posterior.Count}.", nameof(fit));
            foreach (DrawsVariable variable in posterior.Variables)
            {
                if (truth.Find(variable.Name) is SampleSite { Observation: null } site)
                {
                    Tensor value = variable.Part is { } part ? part.Choose(site.Value, site.Distribution.EventShape.Rank) : site.Value;
                    Rank(ranks, variable, value.ToArray<double>(), simulations, number);
                }
            }
        }
        return new GuideCalibration(draws, ranks);
    }

    /// <summary>The ranks of a number's true values, one a simulation.</summary>
    /// <param name="scalarName">As in <see cref="Draws.Scalar"/>: <c>tau</c>, <c>theta[0]</c>.</param>
    /// <exception cref="KeyNotFoundException">It was not ranked.</exception>
    public IReadOnlyList<int> Ranks(string scalarName) => ranks.TryGetValue(scalarName, out int[]? found)
        ? found
        : throw new KeyNotFoundException($"\"{scalarName}\" was not ranked. There are: {string.Join(", ", ranks.Keys)}.");

    /// <summary>The probability of ranks at least as uneven as these if the posterior is right: a χ² test over bins; small values speak against the
    /// guide.</summary>
    /// <param name="scalarName">As in <see cref="Draws.Scalar"/>.</param>
    /// <param name="bins">How many bins of ranks, at least 2; five or more simulations a bin make the test meaningful.</param>
    /// <exception cref="KeyNotFoundException">It was not ranked.</exception>
    public double PValue(string scalarName, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bins, PosteriorDraws + 1);
        IReadOnlyList<int> all = Ranks(scalarName);
        int[] counts = new int[bins], possible = new int[bins];
        for (int rank = 0; rank <= PosteriorDraws; rank++)
        {
            possible[Bin(rank, bins)]++;
        }
        foreach (int rank in all)
        {
            counts[Bin(rank, bins)]++;
        }
        double distance = 0;
        for (int bin = 0; bin < bins; bin++)
        {
            double expected = (double)all.Count * possible[bin] / (PosteriorDraws + 1);
            distance += (counts[bin] - expected) * (counts[bin] - expected) / expected;
        }
        return Tensor.Full(Shape.Scalar, 0.5 * (bins - 1), DType.Float64).GammaUpper(0.5 * distance).Item();
    }

    private static void Rank(Dictionary<string, int[]> ranks, DrawsVariable variable, double[] truth, int simulations, int number)
    {
        for (int i = 0; i < truth.Length; i++)
        {
            if (!ranks.TryGetValue(variable.ScalarNames[i], out int[]? all))
            {
                all = new int[simulations];
                ranks.Add(variable.ScalarNames[i], all);
            }
            double[] posterior = variable.Scalar(i);
            if ((NonFiniteDraws.Describe(posterior, 0) ?? (double.IsFinite(truth[i]) ? null : $"its true value is {truth[i]}")) is { } found)
            {
                throw new ArgumentException(
                    $"Simulation {number}: {variable.ScalarNames[i]} cannot be ranked: {found}. Look at what the fit learnt from this data set, or "
                        + "give the prior less room.", nameof(ranks));
            }
            all[number] = posterior.Count(draw => draw < truth[i]);
        }
    }

    private int Bin(int rank, int bins) => (int)((long)rank * bins / (PosteriorDraws + 1));
}
