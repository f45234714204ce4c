namespace Pyrite;

/// <summary>The posterior of discrete sites that were summed out, over draws of the continuous ones.</summary>
/// <remarks>Given each draw the discrete sites have an exact posterior (<see cref="Discrete"/>); marginals are averaged over the draws, which has
/// less noise than draws of the discrete sites. The model runs once for each draw that is used.</remarks>
public sealed class DiscreteDraws
{
    private readonly Func<int, int, Discrete> infer;
    private readonly int chains;
    private readonly int drawsPerChain;
    private Dictionary<string, DiscreteSite>? means;

    /// <summary>Makes the posterior over some draws.</summary>
    /// <param name="chains">How many chains there are.</param>
    /// <param name="drawsPerChain">How many draws each has.</param>
    /// <param name="infer">The posterior given the draw of a chain.</param>
    internal DiscreteDraws(int chains, int drawsPerChain, Func<int, int, Discrete> infer) =>
        (this.chains, this.drawsPerChain, this.infer) = (chains, drawsPerChain, infer);

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
        Dictionary<string, List<Tensor>> all = [];
        RandomKey key = RandomKey.FromSeed(seed).Child("discrete draws");
        for (int chain = 0; chain < chains; chain++)
        {
            for (int draw = 0; draw < drawsPerChain; draw++)
            {
                foreach ((string name, Tensor value) in At(chain, draw).Draw(key.Child(chain).Child(draw)))
                {
                    all.TryAdd(name, []);
                    all[name].Add(value);
                }
            }
        }
        return all.ToDictionary(entry => entry.Key, entry => Tensor.Stack([.. entry.Value])
            .Reshape([chains, drawsPerChain, .. entry.Value[0].Shape]));
    }

    private Dictionary<string, DiscreteSite> Means()
    {
        if (means is not null)
        {
            return means;
        }
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
        return means = sums.ToDictionary(entry => entry.Key, entry => new DiscreteSite(entry.Key, entry.Value.Sum / count, entry.Value.Support));
    }
}
