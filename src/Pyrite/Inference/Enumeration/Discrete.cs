using Pyrite.Inference.Enumeration;
using Pyrite.Inference.Parameters;
using Pyrite.Language;
using Pyrite.Language.Series;
using Pyrite.Language.Sites;

namespace Pyrite;

/// <summary>The exact posterior of the discrete sites of a model, given its data and values of its continuous sites.</summary>
/// <remarks>
/// Marginals are derivatives of the log evidence, draws and the most probable values follow the elimination backwards, so that all of them cost about
/// what one evaluation costs. Draws are joint draws: the key of each is made of the seed, the site and its entry. The most probable values are those
/// of all sites together (Viterbi), which the most probable value of each site by itself need not be.
/// </remarks>
public sealed class Discrete
{
    private readonly DiscreteBranch[] branches;
    private readonly double[] weights;

    private Discrete(DiscreteBranch[] branches, EnumerationPlan plan)
    {
        this.branches = branches;
        Plan = plan;
        double greatest = branches.Max(branch => branch.LogWeight);
        LogEvidence = double.IsInfinity(greatest) ? greatest : greatest + Math.Log(branches.Sum(branch => Math.Exp(branch.LogWeight - greatest)));
        weights = Array.ConvertAll(branches, branch => Math.Exp(branch.LogWeight - LogEvidence));
        Names = [.. branches
            .SelectMany(branch => branch.Sites.Values.Select(JoinedRounds.NameOf).Concat(branch.Choices.Select(choice => choice.Name))).Distinct()];
    }

    /// <summary>The names of the discrete sites that were summed out.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The log of the joint density of the data and the given values, summed over all values of the discrete sites.</summary>
    public double LogEvidence { get; }

    /// <summary>How the sites were summed out.</summary>
    public EnumerationPlan Plan { get; }

    /// <summary>The log-probability of <see cref="MostProbable"/> together with the data and the given values.</summary>
    public double MostProbableLogJoint => Best.BestLogJoint;

    /// <summary>The joint values of all sites with the greatest posterior probability, by name; inside plates one for each entry.</summary>
    public IReadOnlyDictionary<string, Tensor> MostProbable => ValuesOf(Best, Best.Best);

    /// <summary>The entropy of the joint posterior of all sites, in nats; entries that a mask leaves out do not count.</summary>
    public double Entropy
    {
        get
        {
            double mean = 0;
            for (int i = 0; i < branches.Length; i++)
            {
                mean += weights[i] == 0 ? 0 : weights[i] * branches[i].MeanScore;
            }
            return LogEvidence - mean;
        }
    }

    /// <summary>What was found where there was one run; null where sequential sites asked for several.</summary>
    internal DiscreteBranch? OnlyBranch => branches is [{ Choices.Count: 0 } branch] ? branch : null;

    private DiscreteBranch Best => branches.MaxBy(branch => branch.BestLogJoint)!;

    /// <summary>The posterior of one site.</summary>
    /// <exception cref="KeyNotFoundException">No such site was summed out.</exception>
    public DiscreteSite this[string name] => Names.Contains(name)
        ? SiteOf(name)
        : throw new KeyNotFoundException($"No discrete site \"{name}\" was summed out; there are: {string.Join(", ", Names)}.");

    /// <summary>Sums out the discrete sites of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="at">Values of its continuous latent sites, by name: a draw of MCMC, or what a guide gave. None if there is none. A discrete site
    /// that has a value here keeps it, and is not summed out.</param>
    /// <param name="parameters">The values of its parameters; their starts if not given.</param>
    /// <exception cref="ModelException">A latent site has no value and cannot be summed out, the sum would be too costly or has no exact meaning, or
    /// the data are impossible.</exception>
    public static Discrete Infer(Action model, IReadOnlyDictionary<string, Tensor>? at = null, ParamStore? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        SynchronousModel.Require(model);
        using Precision.Scope precision = Precision.Use(DType.Float64);
        using NoGradient.Scope tracked = NoGradient.Suspend();
        using StepScope step = StepScope.Begin();
        step.RecordAfresh();
        using LiftingScope scope = LiftingScope.Begin();
        return Of(RunsOf(scope, model, at ?? new Dictionary<string, Tensor>(), parameters));
    }

    /// <summary>Sums out the discrete sites of a model given each of many draws of its continuous sites, with the data of the fit or with other
    /// data.</summary>
    /// <param name="model">The model, with the data that are to be explained.</param>
    /// <param name="posterior">Draws of its continuous latent sites: of MCMC, from files, or of a guide. What the model does not have does not
    /// matter.</param>
    /// <param name="parameters">The values of its parameters; their starts if not given.</param>
    public static DiscreteDraws Infer(Action model, Draws posterior, ParamStore? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(posterior);
        SynchronousModel.Require(model);
        Lazy<Dictionary<string, Tensor>> all = new(() => posterior.Variables.ToDictionary(variable => variable.Name,
            variable => posterior[variable.Name]));
        return new DiscreteDraws(posterior.Chains, posterior.DrawsPerChain, (chain, draw) => Infer(model, ValuesOf(chain, draw), parameters))
        {
            ValuesOf = ValuesOf,
            Record = (values, found) => RecordedPosterior.TryOf(model, parameters, values, found),
        };

        Dictionary<string, Tensor> ValuesOf(int chain, int draw) =>
            all.Value.ToDictionary(entry => entry.Key, entry => posterior.HasChains ? entry.Value[chain, draw] : entry.Value[draw]);
    }

    /// <summary>Runs a model whose latent sites have given values, or are summed out.</summary>
    internal static EnumeratedRuns RunsOf(LiftingScope scope, Action model, IReadOnlyDictionary<string, Tensor> at, ParamStore? parameters)
    {
        GivenValues given = new(at);
        return EnumeratedRuns.Of(scope, site => EnumerationChoice.IsSummed(site) && !given.Has(site), handler => parameters is null
            ? TracedRun.Of("model", model, given, handler)
            : TracedRun.Of("model", model, new ConstantParamStoreHandler(parameters), given, handler));
    }

    /// <summary>The posterior of the sites that runs have summed out.</summary>
    /// <exception cref="ModelException">The sum would be too costly or has no exact meaning, or the data are impossible.</exception>
    internal static Discrete Of(EnumeratedRuns runs)
    {
        Discrete found = EnumeratedRuns.Explained(() => new Discrete([.. runs.Runs.Select(DiscreteBranch.Of)], EnumerationPlan.Of(runs)));
        return found.LogEvidence > double.NegativeInfinity
            ? found
            : throw Impossible(found.Names.FirstOrDefault(), double.IsNaN(found.LogEvidence));
    }

    /// <summary>One joint draw of all sites from their posterior, by name.</summary>
    /// <param name="seed">Equal seeds give equal draws.</param>
    public IReadOnlyDictionary<string, Tensor> Draw(ulong seed = 0) => Draw(RandomKey.FromSeed(seed).Child("discrete"));

    internal IReadOnlyDictionary<string, Tensor> Draw(RandomKey key)
    {
        DiscreteBranch branch = branches[branches.Length == 1 ? 0 : JointDraw.Pick(key.Child("branch"), Array.ConvertAll(weights, Math.Log))];
        return ValuesOf(branch, JointDraw.Values(branch.Sums, key));
    }

    /// <summary>The error of data that no values of the discrete sites can have made.</summary>
    internal static ModelException Impossible(string? site, bool isNotANumber) => new(ModelError.ImpossibleData, site, isNotANumber
        ? "the sum over its values is not a number (NaN). Look for NaN in the data or in parameters."
        : "no value of the discrete sites makes the data possible: all joint values have probability 0. Check the data, and zeros of the model.");

    private static Dictionary<string, Tensor> ValuesOf(DiscreteBranch branch, IReadOnlyDictionary<string, int[]> numbers)
    {
        Dictionary<string, Tensor> values = JoinedRounds.Values(branch.Sites.Values, numbers);
        foreach ((string name, Tensor value) in branch.Chosen)
        {
            values[name] = value;
        }
        return values;
    }

    private DiscreteSite SiteOf(string name)
    {
        if (branches.SelectMany(branch => branch.Choices).FirstOrDefault(choice => choice.Name == name) is { Count: > 0 } sequential)
        {
            double[] chances = new double[sequential.Count];
            for (int i = 0; i < branches.Length; i++)
            {
                foreach ((_, int choice, _) in branches[i].Choices.Where(choice => choice.Name == name))
                {
                    chances[choice] += weights[i];
                }
            }
            return new DiscreteSite(name, Tensor.From<double>(chances), Tensor.Range(sequential.Count));
        }
        int[] with = [.. Enumerable.Range(0, branches.Length).Where(i => weights[i] > 0 && PartsOf(i).Length > 0)];
        Tensor sum = with.Select(MarginalsOf).Aggregate((a, b) => a + b) / with.Sum(i => weights[i]);
        return new DiscreteSite(name, sum, JoinedRounds.Of(PartsOf(with[0]), site => site.Support, site => site.Batch.Rank + 1)[name]);

        KeptSite[] PartsOf(int branch) => [.. branches[branch].Sites.Values.Where(site => JoinedRounds.NameOf(site) == name)];
        Tensor MarginalsOf(int branch) =>
            JoinedRounds.Of(PartsOf(branch), site => branches[branch].Marginals[site.Name], site => site.Batch.Rank)[name] * weights[branch];
    }

    /// <summary>Gives latent sites their values; others must be summed out.</summary>
    private sealed class GivenValues(IReadOnlyDictionary<string, Tensor> values) : Handler
    {
        public bool Has(SampleSite site) => values.ContainsKey(site.Name);

        protected internal override void Before(SampleSite site)
        {
            if (site.IsObserved || site.HasValue)
            {
                return;
            }
            Tensor value = values.TryGetValue(site.Name, out Tensor? given)
                ? given
                : throw new ModelException(site.Name,
                    "no value was given, and it is not summed out. Give a value for every continuous latent site with at:, for example a draw of "
                        + "MCMC.");
            value = site.PartMask is null ? value : InWhole(site, value);
            site.Value = DrawnCategories.AsDrawn(site.Distribution, value);
        }

        /// <summary>Draws of missing entries are of these entries alone.</summary>
        private static Tensor InWhole(SampleSite site, Tensor value)
        {
            site.ExpandToPlates();
            Shape whole = site.Distribution.BatchShape + site.Distribution.EventShape;
            return BatchPart.Of(site) is { } part && value.Shape == part.Shorten(whole)
                ? part.Spread(value, site.Distribution.EventShape.Rank,
                    site.Distribution.Support.ValueInside(Tensor.Zeros(whole, value.DType)))
                : value;
        }
    }
}
