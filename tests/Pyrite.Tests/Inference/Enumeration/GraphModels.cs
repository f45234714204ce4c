using static Pyrite.Primitives;

namespace Pyrite.Tests.Enumeration;

/// <summary>Golden models whose sites form trees, loops and grids.</summary>
internal static class GraphModels
{
    public static void Tree(GoldenCase c)
    {
        int[] parents = [.. c.N("parent").ToArray<long>().Select(parent => (int)parent)];
        long[] leaves = c.N("leaves").ToArray<long>();
        Tensor[] z = Sites(c, parents);
        for (int i = 0; i < leaves.Length; i++)
        {
            Sample($"x_{i}", new Normal(c.P("loc").Take(z[leaves[i]]), c.P("scale")), observed: c.D("x")[i]);
        }
    }

    public static void BigTree(GoldenCase c)
    {
        int sites = (1 << c.Integer("height")) - 1, first = sites / 2;
        Tensor[] z = Sites(c, [.. Enumerable.Range(0, sites).Select(v => (v - 1) / 2)]);
        Tensor x = GoldenCase.Wave(sites - first), loc = c.P("loc"), scale = c.P("scale");
        for (int t = 0; t < x.Count; t++)
        {
            Sample($"x_{t}", new Normal(loc.Take(z[first + t]), scale), observed: x[t]);
        }
    }

    public static void Diamond(GoldenCase c)
    {
        Tensor a = Sample("a", new Categorical(logits: c.P("a_logits"))), b = Sample("b", new Categorical(logits: c.P("b_logits").Take(a)));
        Tensor other = Sample("c", new Categorical(logits: c.P("c_logits").Take(a)));
        Tensor d = Sample("d", new Categorical(logits: c.P("d_logits")[b, other]));
        Sample("x", new Normal(c.P("loc").Take(d), c.P("scale")), observed: c.D("x"));
    }

    public static void Branching(GoldenCase c)
    {
        Tensor b = Sample("b", new Bernoulli(logits: c.P("branch_logit")), options: Enumerate.Sequential);
        Tensor loc = b.Item() > 0 ? c.P("loc").Take(Sample("z", new Categorical(logits: c.P("logits")))) : c.P("single_loc");
        using (Plate("rows", c.D("x").Count))
        {
            Sample("x", new Normal(loc, c.P("scale")), observed: c.D("x"));
        }
    }

    public static void SpikeSlab(GoldenCase c)
    {
        Tensor x = c.D("x"), beta = c.P("beta"), mean = c.P("intercept");
        for (int j = 0; j < x.Shape[1]; j++)
        {
            mean += Sample($"s_{j}", new Bernoulli(logits: c.P("inclusion_logit"))) * beta[j] * x[.., j];
        }
        using (Plate("rows", x.Shape[0]))
        {
            Sample("y", new Normal(mean, c.P("scale")), observed: c.D("y"));
        }
    }

    public static void Ising(GoldenCase c)
    {
        Tensor field = c.P("field"), coupling = c.P("coupling");
        long[] edges = c.N("edges").ToArray<long>();
        Tensor half = Tensor.Full([], 0.5, DType.Float64);
        Tensor[] spins = [.. Enumerable.Range(0, field.Count).Select(i => (2 * Sample($"s_{i}", new Bernoulli(half))) - 1)];
        for (int i = 0; i < spins.Length; i++)
        {
            Factor($"field_{i}", field[i] * spins[i]);
        }
        for (int e = 0; e < coupling.Count; e++)
        {
            Factor($"edge_{e}", coupling[e] * spins[edges[2 * e]] * spins[edges[(2 * e) + 1]]);
        }
    }

    public static void BigLadder(GoldenCase c)
    {
        (Tensor rail, Tensor rung, Tensor field) = (c.P("rail"), c.P("rung"), c.P("field"));
        Tensor half = Tensor.Full([], 0.5, DType.Float64);
        Tensor?[] last = new Tensor?[2];
        for (int t = 0; t < c.Integer("length"); t++)
        {
            Tensor[] spins = [.. Enumerable.Range(0, 2).Select(r => (2 * Sample($"s_{r}_{t}", new Bernoulli(half))) - 1)];
            for (int r = 0; r < 2; r++)
            {
                Factor($"field_{r}_{t}", field[r] * spins[r]);
                if (last[r] is { } before)
                {
                    Factor($"rail_{r}_{t}", rail * before * spins[r]);
                }
                last[r] = spins[r];
            }
            Factor($"rung_{t}", rung * spins[0] * spins[1]);
        }
    }

    public static void Intervention(GoldenCase c)
    {
        Tensor u = Sample("u", new Categorical(logits: c.P("u_logits")));
        bool isDone = c.Name.Contains("/do");
        Tensor x = isDone ? c.D("x") : Sample("x", new Bernoulli(logits: c.P("x_logit").Take(u)), observed: c.D("x"));
        Sample("y", new Normal(c.P("base").Take(u) + (c.P("effect").Take(u) * x), c.P("scale")), observed: c.D("y"));
        if (isDone)
        {
            // The parameter takes no part, but has a gradient of 0.
            Factor("unused", c.P("x_logit").Sum() * 0);
        }
    }

    private static Tensor[] Sites(GoldenCase c, int[] parents)
    {
        Tensor[] z = new Tensor[parents.Length];
        Tensor edges = c.P("edge_logits");
        for (int v = 0; v < z.Length; v++)
        {
            z[v] = Sample($"z_{v}", new Categorical(logits: v == 0 ? c.P("root_logits") : edges.Take(z[parents[v]])));
        }
        return z;
    }
}
