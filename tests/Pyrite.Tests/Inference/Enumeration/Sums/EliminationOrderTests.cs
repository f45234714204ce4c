using Pyrite.Inference.Enumeration.Sums;

namespace Pyrite.Tests.Enumeration;

/// <summary>The order in which sites are summed out, against one that looks at every site in every step.</summary>
[Trait("Once", "Cultures")]
public sealed class EliminationOrderTests
{
    [Fact]
    public void Orders_are_those_of_a_search_among_all_sites()
    {
        using LiftingScope scope = LiftingScope.Begin();
        for (int seed = 0; seed < 60; seed++)
        {
            RandomKey key = RandomKey.FromSeed((ulong)seed);
            int count = 3 + (seed % 70);
            HiddenAxis[] sites = [.. Enumerable.Range(0, count).Select(i => scope.NewAxis($"z_{i}", 2 + ((i + seed) % 3)))];
            List<HiddenAxis[]> scopes = [];
            for (int i = 1; i < count; i++)
            {
                // A tree with some more edges, and some tables of three sites.
                HiddenAxis parent = sites[(int)(key.Child(i).UniformNumber() * i)];
                scopes.Add([parent, sites[i]]);
                if (key.Child(i).Child(1).UniformNumber() < 0.2)
                {
                    scopes.Add([.. new[] { parent, sites[i], sites[(int)(key.Child(i).Child(2).UniformNumber() * i)] }.Distinct()]);
                }
            }
            (List<HiddenAxis> order, HiddenAxis[] widest) = EliminationOrder.Of(scopes, sites);

            (List<HiddenAxis> Order, double Cost) bySize = Plain(scopes, sites, Cells), byFill = Plain(scopes, sites, Missing);
            bool isFill = count <= 60 && byFill.Cost < bySize.Cost;
            Assert.Equal(isFill ? byFill.Order : bySize.Order, order);
            Assert.All(widest, site => Assert.Contains(site, sites));
        }
    }

    [Theory, InlineData(2_000, 2), InlineData(5_000, 1), InlineData(20_000, 2), InlineData(20_000, 20_000)]
    public void Trees_and_chains_of_many_sites_have_tables_of_two(int count, int branches)
    {
        using LiftingScope scope = LiftingScope.Begin();
        HiddenAxis[] sites = [.. Enumerable.Range(0, count).Select(i => scope.NewAxis($"z_{i}", 3))];
        HiddenAxis[][] scopes = [.. Enumerable.Range(1, count - 1).Select(i => (HiddenAxis[])[sites[(i - 1) / branches], sites[i]])];

        (List<HiddenAxis> order, HiddenAxis[] widest) = EliminationOrder.Of(scopes, sites);

        Assert.Equal(count, order.Distinct().Count());
        Assert.Equal(2, widest.Length);
    }

    private static (List<HiddenAxis> Order, double Cost) Plain(List<HiddenAxis[]> scopes, HiddenAxis[] sites,
        Func<HiddenAxis, Dictionary<HiddenAxis, HashSet<HiddenAxis>>, double> costOf)
    {
        Dictionary<HiddenAxis, HashSet<HiddenAxis>> met = sites.ToDictionary(site => site, site => new HashSet<HiddenAxis> { site });
        foreach (HiddenAxis[] scope in scopes)
        {
            foreach (HiddenAxis axis in scope)
            {
                met[axis].UnionWith(scope);
            }
        }
        List<HiddenAxis> order = [];
        double cost = 0;
        while (order.Count < sites.Length)
        {
            HiddenAxis next = sites.Except(order).MinBy(site => (costOf(site, met), site.Number))!;
            cost += Cells(next, met);
            order.Add(next);
            foreach (HiddenAxis other in met[next].Where(other => other != next))
            {
                met[other].UnionWith(met[next]);
                met[other].Remove(next);
            }
        }
        return (order, cost);
    }

    private static double Cells(HiddenAxis site, Dictionary<HiddenAxis, HashSet<HiddenAxis>> met) =>
        met[site].Aggregate(1.0, (product, axis) => product * axis.Size);

    private static double Missing(HiddenAxis site, Dictionary<HiddenAxis, HashSet<HiddenAxis>> met) =>
        met[site].Where(one => one != site).Sum(one => met[site]
            .Where(other => other != site && one.Number < other.Number && !met[one].Contains(other))
            .Sum(other => (double)one.Size * other.Size));
}
