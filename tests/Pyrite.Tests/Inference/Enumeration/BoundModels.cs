using static Pyrite.Primitives;

namespace Pyrite.Tests.Enumeration;

/// <summary>Golden models with a guide that is enumerated, or that draws a continuous site.</summary>
internal static class BoundModels
{
    public static readonly IReadOnlyDictionary<string, (Action<GoldenCase> Model, Action<GoldenCase> Guide)> All =
        new Dictionary<string, (Action<GoldenCase>, Action<GoldenCase>)>
        {
            ["elbo_local"] = (Rows, LocalGuide),
            ["elbo_exact_guide"] = (Rows, LocalGuide),
            ["elbo_global"] = (GlobalModel, c => Sample("z", new Categorical(logits: c.P("q_logits")))),
            ["elbo_dependent"] = (Dependent, DependentGuide),
            ["elbo_hmm"] = (ChainModels.Hmm, ChainGuide),
            ["elbo_guide_and_model"] = (RowModels.GlobalAndLocal, c => Sample("z", new Categorical(logits: c.P("q_logits")))),
            ["elbo_subsample"] = (SubsampledModel, SubsampledGuide),
            ["elbo_continuous_model"] = (Shifted, ShiftGuide),
            ["elbo_continuous_and_discrete"] = (Shifted, ShiftAndRowsGuide),
        };

    private static void Rows(GoldenCase c)
    {
        using (Plate("rows", c.D("x").Count))
        {
            Tensor z = Sample("z", new Categorical(logits: c.P("logits")));
            Sample("x", new Normal(c.P("loc").Take(z), c.P("scale")), observed: c.D("x"));
        }
    }

    private static void LocalGuide(GoldenCase c)
    {
        using (Plate("rows", c.D("x").Count))
        {
            Sample("z", new Categorical(logits: c.P("q_logits")));
        }
    }

    private static void GlobalModel(GoldenCase c)
    {
        Tensor z = Sample("z", new Categorical(logits: c.P("logits")));
        using (Plate("rows", c.D("x").Count))
        {
            Sample("x", new Normal(c.P("loc").Take(z), c.P("scale")), observed: c.D("x"));
        }
    }

    private static void Dependent(GoldenCase c)
    {
        Tensor a = Sample("a", new Categorical(logits: c.P("a_logits"))), b = Sample("b", new Categorical(logits: c.P("b_logits").Take(a)));
        using (Plate("rows", c.D("x").Count))
        {
            Sample("x", new Normal(c.P("loc")[a, b], c.P("scale")), observed: c.D("x"));
        }
    }

    private static void DependentGuide(GoldenCase c)
    {
        Tensor a = Sample("a", new Categorical(logits: c.P("q_a_logits")));
        Sample("b", new Categorical(logits: c.P("q_b_logits").Take(a)));
    }

    private static void ChainGuide(GoldenCase c)
    {
        Tensor z = Sample("z_0", new Categorical(logits: c.P("q_start_logits")));
        for (int t = 1; t < c.D("y").Count; t++)
        {
            z = Sample($"z_{t}", new Categorical(logits: c.P("q_transition_logits")[t - 1].Take(z)));
        }
    }

    private static void SubsampledModel(GoldenCase c)
    {
        using (Plate("rows", c.D("x").Count, indices: c.N("indices")))
        {
            Tensor z = Sample("z", new Categorical(logits: c.P("logits")));
            Sample("x", new Normal(c.P("loc").Take(z), c.P("scale")), observed: c.D("x").Take(c.N("indices")));
        }
    }

    private static void SubsampledGuide(GoldenCase c)
    {
        Tensor x = c.D("x").Take(c.N("indices")).Unsqueeze(-1);
        using (Plate("rows", c.D("x").Count, indices: c.N("indices")))
        {
            Sample("z", new Categorical(logits: (c.P("q_slope") * x) + c.P("q_bias")));
        }
    }

    private static void Shifted(GoldenCase c)
    {
        Tensor mu = Sample("mu", new Normal(0, 3));
        using (Plate("rows", c.D("x").Count))
        {
            Tensor z = Sample("z", new Categorical(logits: c.P("logits")));
            Sample("x", new Normal(mu + c.P("offset").Take(z), c.P("scale")), observed: c.D("x"));
        }
    }

    private static void ShiftGuide(GoldenCase c) => Sample("mu", new Normal(c.P("q_loc"), c.P("q_scale")));

    private static void ShiftAndRowsGuide(GoldenCase c)
    {
        Tensor mu = Sample("mu", new Normal(c.P("q_loc"), c.P("q_scale"))), logits = c.P("q_logits");
        using (Plate("rows", c.D("x").Count))
        {
            Sample("z", new Categorical(logits: c.HasParameter("q_slope") ? logits + (c.P("q_slope") * mu) : logits));
        }
    }
}
