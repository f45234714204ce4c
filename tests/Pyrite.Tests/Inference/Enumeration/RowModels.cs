using static Pyrite.Primitives;

namespace Pyrite.Tests.Enumeration;

/// <summary>Golden models whose rows have discrete sites of their own.</summary>
internal static class RowModels
{
    public static void GaussianMixture(GoldenCase c)
    {
        using (Plate("rows", c.D("x").Count))
        {
            Tensor z = Sample("z", new Categorical(logits: c.P("logits")));
            Sample("x", new Normal(c.P("loc").Take(z), c.P("scale").Take(z)), observed: c.D("x"));
        }
    }

    public static void EventMixture(GoldenCase c)
    {
        using (Plate("rows", c.D("x").Shape[0]))
        {
            Tensor z = Sample("z", new Categorical(logits: c.P("logits")));
            Sample("x", new Normal(c.P("loc").Take(z), c.P("scale").Take(z)).ToEvent(1), observed: c.D("x"));
        }
    }

    public static void Families(GoldenCase c)
    {
        (Tensor x, Tensor loc, Tensor scale) = (c.D("x"), c.P("loc"), c.P("scale"));
        using (Plate("rows", x.Count))
        {
            Tensor z = Sample("z", new Categorical(logits: c.P("logits")));
            Factor("x", Tensor.Where(z.EqualTo(0), new Normal(loc, scale).LogProb(x),
                Tensor.Where(z.EqualTo(1), new Laplace(loc, scale).LogProb(x), new StudentT(4, loc, scale).LogProb(x))));
        }
    }

    public static void Experts(GoldenCase c)
    {
        Tensor t = c.D("t");
        using (Plate("rows", t.Count))
        {
            Tensor z = Sample("z", new Categorical(logits: (t.Unsqueeze(-1) * c.P("gate_weight")) + c.P("gate_bias")));
            Sample("y", new Normal((c.P("slope").Take(z) * t) + c.P("intercept").Take(z), c.P("scale").Take(z)), observed: c.D("y"));
        }
    }

    public static void SemiSupervised(GoldenCase c)
    {
        Tensor label = c.N("label"), isKnown = label >= 0;
        using (Plate("rows", label.Count))
        {
            Tensor z = Sample("z", new Categorical(logits: c.P("logits")), observed: Tensor.Where(isKnown, label, 0), observedMask: isKnown);
            Sample("x", new Normal(c.P("loc").Take(z), c.P("scale").Take(z)), observed: c.D("x"));
        }
    }

    public static void TwoSites(GoldenCase c)
    {
        using (Plate("rows", c.D("x").Count))
        {
            Tensor a = Sample("a", new Categorical(logits: c.P("logits_a")));
            Tensor logits = c.P("logits_b");
            Tensor b = Sample("b", new Categorical(logits: logits.Rank == 2 ? logits.Take(a) : logits));
            Sample("x", new Normal(c.P("effect_a").Take(a) + c.P("effect_b").Take(b), c.P("scale")), observed: c.D("x"));
        }
    }

    public static void GlobalSite(GoldenCase c)
    {
        Tensor z = Sample("z", new Categorical(logits: c.P("logits")));
        using (Plate("rows", c.D("x").Count))
        {
            Sample("x", new Normal(c.P("loc").Take(z), c.P("scale").Take(z)), observed: c.D("x"));
        }
    }

    public static void GlobalAndLocal(GoldenCase c) => GlobalAndLocal(c, c.D("x"));

    public static void TwoPlates(GoldenCase c)
    {
        Tensor a = Sample("a", new Bernoulli(logits: c.P("logit_a")));
        using (Plate("first", c.D("y1").Count))
        {
            Sample("y1", new Bernoulli(logits: c.P("logit_obs").Take(a.To(DType.Int64))), observed: c.D("y1"));
        }
        Tensor other = Sample("c", new Bernoulli(logits: c.P("logit_c")));
        using (Plate("second", c.D("y2").Count))
        {
            Sample("y2", new Bernoulli(logits: c.P("logit_obs").Take(other.To(DType.Int64))), observed: c.D("y2"));
        }
    }

    public static void Topics(GoldenCase c)
    {
        Tensor word = c.N("word");
        using (Plate("documents", word.Shape[0], dimension: -2))
        {
            Tensor d = Sample("d", new Categorical(logits: c.P("document_logits")));
            using (Plate("words", word.Shape[1], dimension: -1))
            {
                using HandlerScope masked = new MaskHandler(c.HasData("mask") ? c.D("mask") > 0 : word >= 0).Enter();
                Tensor t = Sample("t", new Categorical(logits: c.P("topic_logits").Take(d)));
                Sample("word", new Categorical(logits: c.P("word_logits").Take(t)), observed: word.Clamp(low: 0).To(DType.Int64));
            }
        }
    }

    public static void Annotators(GoldenCase c)
    {
        Tensor y = c.N("y");
        using (Plate("items", y.Shape[0], dimension: -2))
        {
            Tensor truth = Sample("c", new Categorical(logits: c.P("class_logits")));
            using (Plate("annotators", y.Shape[1], dimension: -1))
            {
                Sample("y", new Categorical(logits: c.P("confusion_logits")[Tensor.Range(y.Shape[1]), truth]), observed: y);
            }
        }
    }

    public static void CrossedPlates(GoldenCase c)
    {
        Tensor y = c.D("y"), row, column;
        using (Plate("rows", y.Shape[0], dimension: -2))
        {
            row = Sample("row", new Bernoulli(logits: c.P("row_logit")));
        }
        using (Plate("columns", y.Shape[1], dimension: -1))
        {
            column = Sample("column", new Bernoulli(logits: c.P("column_logit")));
        }
        using (Plate("rows", y.Shape[0], dimension: -2))
        using (Plate("columns", y.Shape[1], dimension: -1))
        {
            Sample("y", new Bernoulli(logits: c.P("table_logit")[row.To(DType.Int64), column.To(DType.Int64)]), observed: y);
        }
    }

    public static void PlateSum(GoldenCase c)
    {
        Tensor s;
        using (Plate("rows", c.P("logit").Count))
        {
            s = Sample("s", new Bernoulli(logits: c.P("logit")));
        }
        Sample("y", new Normal(s.Sum() + c.P("bias"), c.P("scale")), observed: c.D("y"));
    }

    public static void Subsample(GoldenCase c)
    {
        Tensor x = c.D("x").Take(c.N("indices")), site = Tensor.Range(1);
        if (c.HasParameter("global_logits"))
        {
            site = Sample("c", new Categorical(logits: c.P("global_logits")));
        }
        using (Plate("rows", c.D("x").Count, indices: c.N("indices")))
        {
            if (c.HasParameter("global_logits"))
            {
                Tensor w = Sample("w", new Categorical(logits: c.P("logits").Take(site)));
                Sample("x", new Normal(c.P("loc").Take(w), c.P("scale")), observed: x);
                return;
            }
            Tensor z = Sample("z", new Categorical(logits: c.P("logits")));
            Tensor last = c.HasParameter("next_logits") ? Sample("w", new Categorical(logits: c.P("next_logits").Take(z))) : z;
            Sample("x", new Normal(c.P("loc").Take(last), c.P("scale")), observed: x);
        }
    }

    public static void ZeroInflation(GoldenCase c)
    {
        Tensor y = c.D("y"), rate = c.HasData("x") ? c.P("log_rate") + (c.P("slope") * c.D("x")) : c.P("log_rate");
        using (Plate("rows", y.Count))
        {
            Tensor b = Sample("b", new Bernoulli(logits: c.P("gate_logit")));
            Factor("y", Tensor.Where(b > 0, Tensor.Where(y.EqualTo(0), 0.0, double.NegativeInfinity), new Poisson(rate.Exp()).LogProb(y)));
        }
    }

    public static void LatentBinomial(GoldenCase c)
    {
        using (Plate("rows", c.D("y").Count))
        {
            Tensor count = Sample("count", new Binomial(4, logits: c.P("presence_logit")));
            Sample("y", new Binomial(count, logits: c.P("detection_logit"), validate: false), observed: c.D("y"));
        }
    }

    public static void NMixture(GoldenCase c)
    {
        Tensor y = c.D("y"), k = Tensor.Range(10).To(DType.Float64);
        using (Plate("places", y.Shape[0], dimension: -2))
        {
            Tensor count = Sample("count", new Categorical(logits: (k * c.P("log_rate")) - (k + 1).LogGamma()));
            using (Plate("visits", y.Shape[1], dimension: -1))
            {
                Sample("y", new Binomial(count.To(DType.Float64), logits: c.P("detection_logit"), validate: false), observed: y);
            }
        }
    }

    public static void BigPlate(GoldenCase c)
    {
        Tensor x = GoldenCase.Wave(c.Integer("rows"));
        if (c.HasParameter("local_logits"))
        {
            GlobalAndLocal(c, x);
            return;
        }
        using (Plate("rows", x.Count))
        {
            Tensor z = Sample("z", new Categorical(logits: c.P("logits")));
            Sample("x", new Normal(c.P("loc").Take(z), c.P("scale")), observed: x);
        }
    }

    private static void GlobalAndLocal(GoldenCase c, Tensor x)
    {
        Tensor z = Sample("z", new Categorical(logits: c.P("logits")));
        using (Plate("rows", x.Count))
        {
            Tensor w = Sample("w", new Categorical(logits: c.P("local_logits").Take(z)));
            Sample("x", new Normal(c.P("loc")[z, w], c.P("scale")), observed: x);
        }
    }
}
