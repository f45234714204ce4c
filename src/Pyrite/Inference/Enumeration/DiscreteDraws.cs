using Pyrite.Inference.Enumeration;

namespace Pyrite;

/// <summary>The posterior of discrete sites that were summed out, over draws of the continuous ones.</summary>
/// <remarks>Given each draw the discrete sites have an exact posterior (<see cref="Discrete"/>); marginals are averaged over the draws, which has
/// less noise than draws of the discrete sites. The model runs for the first and the last draw; in between its recorded sums are evaluated, unless it
/// reads values or has sequential sites, where it runs once for each draw that is used.</remarks>
public sealed class DiscreteDraws
{
    private const double Rounding = 1e-7;

    private readonly Func<int, int, Discrete> infer;
    private readonly int chains;
    private readonly int drawsPerChain;
    private readonly Lock gate = new();
    private Dictionary<string, DiscreteSite>? means;
    private RecordedPosterior? recorded;
    private bool isTried;

    /// <summary>Makes the posterior over some draws.</summary>
    /// <param name="chains">How many chains there are.</param>
    /// <param name="drawsPerChain">How many draws each has.</param>
    /// <param name="infer">The posterior given the draw of a chain.</param>
    internal DiscreteDraws(int chains, int drawsPerChain, Func<int, int, Discrete> infer) =>
        (this.chains, this.drawsPerChain, this.infer) = (chains, drawsPerChain, infer);

    /// <summary>The values of the latent sites in the draw of a chain; null where they are not known before the model runs.</summary>
    internal Func<int, int, IReadOnlyDictionary<string, Tensor>>? ValuesOf { get; init; }

    /// <summary>Records the sums, from the values of a draw and what a run has found there; null where the model runs every time.</summary>
    internal Func<IReadOnlyDictionary<string, Tensor>, Discrete, RecordedPosterior?>? Record { get; init; }

    /// <summary>The marginal probabilities of a site, averaged over the draws.</summary>
    /// <exception cref="KeyNotFoundException">No such site was summed out.</exception>
    public DiscreteSite this[string name] => Means().TryGetValue(name, out DiscreteSite? site)
        ? site
        : throw new KeyNotFoundException($"No discrete site \"{name}\" was summed out; there are: {string.Join(", ", Means().Keys)}.");

    /// <summary>The exact posterior of the discrete sites given one draw of the continuous ones.</summary>
    /// <param name="chain">The chain, from 0.</param>
    /// <param name="draw">The draw, from 0.</param>
    public Discrete At(int chain, int draw)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(chain);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(chain, chains);
        ArgumentOutOfRangeException.ThrowIfNegative(draw);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(draw, drawsPerChain);
        return infer(chain, draw);
    }

    /// <summary>A joint draw of all discrete sites for each draw of the continuous ones, by name: [chains, draws, .. site].</summary>
    /// <param name="seed">Equal seeds give equal draws.</param>
    public IReadOnlyDictionary<string, Tensor> Draw(ulong seed = 0)
    {
        using Lock.Scope alone = gate.EnterScope();
        Dictionary<string, List<Tensor>> all = [];
        RandomKey key = RandomKey.FromSeed(seed).Child("discrete draws");
        for (int chain = 0; chain < chains; chain++)
        {
            for (int draw = 0; draw < drawsPerChain; draw++)
            {
                RandomKey own = key.Child(chain).Child(draw);
                foreach ((string name, Tensor value) in Recorded()?.TryDraw(ValuesOf!(chain, draw), own) ?? At(chain, draw).Draw(own))
                {
                    all.TryAdd(name, []);
                    all[name].Add(value);
                }
            }
        }
        return all.ToDictionary(entry => entry.Key, entry => Tensor.Stack([.. entry.Value])
            .Reshape([chains, drawsPerChain, .. entry.Value[0].Shape]));
    }

    /// <summary>The recorded sums, which agree with runs of the model at the first draw and at the last one.</summary>
    private RecordedPosterior? Recorded()
    {
        if (isTried || Record is null || ValuesOf is null || chains * drawsPerChain < 2)
        {
            return recorded;
        }
        isTried = true;
        RecordedPosterior? program = Record(ValuesOf(0, 0), At(0, 0));
        if (program is not null)
        {
            double[] slopes = new double[program.MarginalCount];
            Discrete last = At(chains - 1, drawsPerChain - 1);
            bool agrees = program.TryMarginals(ValuesOf(chains - 1, drawsPerChain - 1), slopes) && program.Sites(slopes).Values.All(site =>
                site.Marginals.ToArray<double>().Zip(last[site.Name].Marginals.ToArray<double>())
                    .All(pair => Math.Abs(pair.First - pair.Second) <= Rounding));
            recorded = agrees ? program : null;
        }
        return recorded;
    }

    private Dictionary<string, DiscreteSite> Means()
    {
        using Lock.Scope alone = gate.EnterScope();
        return means ??= RecordedMeans() ?? MeansOfRuns();
    }

    /// <summary>The means by way of the recorded sums; null where one of them fails, of which a run of the model will tell.</summary>
    private Dictionary<string, DiscreteSite>? RecordedMeans()
    {
        if (Recorded() is not { } program)
        {
            return null;
        }
        double[] sum = new double[program.MarginalCount], slopes = new double[sum.Length];
        for (int chain = 0; chain < chains; chain++)
        {
            for (int draw = 0; draw < drawsPerChain; draw++)
            {
                if (!program.TryMarginals(ValuesOf!(chain, draw), slopes))
                {
                    return null;
                }
                for (int i = 0; i < sum.Length; i++)
                {
                    sum[i] += slopes[i];
                }
            }
        }
        double count = (double)chains * drawsPerChain;
        return program.Sites(Array.ConvertAll(sum, number => number / count));
    }

    private Dictionary<string, DiscreteSite> MeansOfRuns()
    {
        Dictionary<string, (Tensor Sum, Tensor Support)> sums = [];
        for (int chain = 0; chain < chains; chain++)
        {
            for (int draw = 0; draw < drawsPerChain; draw++)
            {
                Discrete found = At(chain, draw);
                foreach (string name in found.Names)
                {
                    DiscreteSite site = found[name];
                    sums[name] = sums.TryGetValue(name, out (Tensor Sum, Tensor Support) earlier)
                        ? (earlier.Sum + site.Marginals, earlier.Support)
                        : (site.Marginals, site.Support);
                }
            }
        }
        double count = (double)chains * drawsPerChain;
        return sums.ToDictionary(entry => entry.Key, entry => new DiscreteSite(entry.Key, entry.Value.Sum / count, entry.Value.Support));
    }
}
