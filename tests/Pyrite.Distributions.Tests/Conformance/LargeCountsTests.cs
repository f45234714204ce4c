using Pyrite.Testing;


namespace Pyrite.Conformance;

/// <summary>Scores of large counts and narrow densities keep ten digits where log-gammas of any size would cancel, and small ones lose
/// none.</summary>
/// <remarks>Expected values and gradients: the plain formulas with log-gamma and digamma in mpmath, 60 digits, at the very Float64
/// parameters.</remarks>
public sealed class LargeCountsTests
{
    private static readonly Dictionary<string, Func<Tensor[], Tensor>> Scores = new()
    {
        ["poisson"] = p => new Poisson(p[0]).LogProb(p[1].Detach()),
        ["binomial"] = p => new Binomial(p[0].Detach(), p[1]).LogProb(p[2].Detach()),
        ["binomial of log-odds"] = p => new Binomial(p[0].Detach(), logits: p[1]).LogProb(p[2].Detach()),
        ["negative binomial"] = p => new NegativeBinomial(p[0], p[1]).LogProb(p[2].Detach()),
        ["negative binomial 2"] = p => new NegativeBinomial2(p[0], p[1]).LogProb(p[2].Detach()),
        ["gamma-poisson"] = p => new GammaPoisson(p[0], p[1]).LogProb(p[2].Detach()),
        ["beta-binomial"] = p => new BetaBinomial(p[0], p[1], p[2].Detach()).LogProb(p[3].Detach()),
        ["beta"] = p => new Beta(p[0], p[1]).LogProb(p[2]),
        ["gamma"] = p => new Gamma(p[0], p[1]).LogProb(p[2]),
        ["inverse gamma"] = p => new InverseGamma(p[0], p[1]).LogProb(p[2]),
    };

    /// <summary>Family, parameters and value, score, gradients of the parameters that have one; where a gradient nearly vanishes, the size it has a
    /// standard deviation away.</summary>
    public static TheoryData<string, double[], double, double[], double[]> Rows => new()
    {
        { "poisson", [1e9, 1e9], -11.280571451761212, [0], [3e-5] },
        { "poisson", [1e9, 1000050000], -12.530575618323713, [5.0e-5], [3e-5] },
        { "poisson", [1e7, 1e7], -8.977986367017166, [0], [3e-4] },
        { "poisson", [2.5e12, 2500002000000], -15.99259464377265, [8.0e-7], [6e-7] },
        { "poisson", [1e9, 1.2e9], -18785879.524477782, [0.2], [0] },
        { "poisson", [1e-12, 3], -84.6848228170147, [2999999999999.0001], [0] },
        { "poisson", [3.5, 2], -1.6876212435692093, [-0.42857142857142857], [0] },
        { "poisson", [1e9, 0], -1000000000.0, [-1], [0] },
        { "poisson", [0.25, 40], -166.02241415955302, [159], [0] },
        { "binomial", [2e9, 0.5, 1e9], -10.933997861522906, [0], [9e4] },
        { "binomial", [2e9, 0.5, 1000040000], -12.533997861149572, [160000], [9e4] },
        { "binomial", [1e9, 0.1, 1e8], -10.076598648194535, [-6.1679056923619805e-8], [1e5] },
        { "binomial", [1e12, 1e-3, 1000100000], -16.284959495880614, [100100100.10007926], [3e7] },
        { "binomial", [10, 0.4, 10], -9.1629073187415501, [24.999999999999999], [0] },
        { "binomial", [12, 1e-12, 1], -25.146114466151548, [999999999989.00002], [0] },
        { "binomial", [2e9, 0.3, 0], -713349887.87746473, [-2857142857.1428571], [0] },
        { "binomial", [25, 0.5, 12], -1.8644526398034218, [-2], [0] },
        { "binomial of log-odds", [2e9, 0.3, 1148800000], -18.317371003406328, [-85033.623317968876], [2e4] },
        { "binomial of log-odds", [1e9, -7.5, 552500], -7.6000430586315183, [-278.63692359951608], [7e2] },
        { "binomial of log-odds", [10, -30, 0], -9.3576229688397368e-13, [-9.357622968839299e-13], [0] },
        { "binomial of log-odds", [10, 30, 10], -9.3576229688397368e-13, [9.357622968839299e-13], [0] },
        { "binomial of log-odds", [10, -800, 2], -1596.1933375102297, [2], [0] },
        { "negative binomial", [1e9, 0.5, 1e9], -11.627145042082851, [2.500000000625e-10, 0], [4e-5, 9e4] },
        { "negative binomial", [1e9, 0.5, 1000060000], -12.527163041902851, [2.9999800016499635e-5, 120000], [4e-5, 9e4] },
        { "negative binomial", [3e8, 0.25, 1e8], -10.273119942309524, [4.1666666707175926e-10, 0], [3e-5, 9e4] },
        { "negative binomial", [2.5, 0.999999999, 2.5e9], -22.133512610108099, [0.21313406374698001, -68.204830726437205], [0, 2e9] },
        { "negative binomial", [1e12, 1e-12, 2], -1.6931471805594453, [9.9999999999850002e-13, 999999999999.00004], [1e-8, 0] },
        { "negative binomial", [1e-10, 0.5, 3], -26.203904760207717, [10000000000.806852, 5.9999999998], [0, 0] },
        { "negative binomial", [3.5, 0.45, 4], -2.1311234834520449, [0.24576384284522313, 2.5252525252525249], [0, 0] },
        { "negative binomial", [1e8, 0.1, 11111000], -9.0838413837331651, [-9.9950050450492242e-7, -1111.1111111179643], [3e-5, 3e4] },
        { "negative binomial 2", [1e9, 1e9, 1e9], -11.627145042082851, [0, 2.500000000625e-10], [2e-5, 4e-5] },
        { "negative binomial 2", [1e9, 2.5, 1.1e9], -21.32425660913541, [2.49999999375e-10, 0.20844427060141856], [0, 0] },
        { "negative binomial 2", [5, 1e12, 7], -2.2590959740282117, [0.399999999998, 1.4999999999993333e-24], [0, 1e-8] },
        { "negative binomial 2", [4, 2.5, 3], -1.9639304319959512, [-0.096153846153846154, 0.10627121675522542], [0, 0] },
        { "gamma-poisson", [1e9, 1, 1e9], -11.627145042082851, [2.500000000625e-10, 0], [4e-5, 2e4] },
        { "gamma-poisson", [5e8, 0.25, 2.1e9], -485503.03314527315, [0.039220713960973604, -80000000], [0, 0] },
        { "beta-binomial", [1e9, 2e9, 3e9, 1e9], -11.424412488049602, [1.6666666672222222e-10, 4.1666666675347222e-11], [2e-5, 1e-5] },
        { "beta-binomial", [1e9, 2e9, 1e6, 333333], -7.0748220441937375, [-3.3311118538252685e-10, 1.6663889817282974e-10], [5e-7, 2e-7] },
        { "beta-binomial", [2, 3, 1e9, 4e8], -20.176301169064547, [0.16704260070917827, 0.072507709234009318], [0, 0] },
        { "beta-binomial", [0.001, 0.001, 1e9, 0], -0.71444519746094163, [-521.29719643280182, 500.00164133545587], [0, 0] },
        { "beta-binomial", [0.4, 0.7, 5, 2], -2.11890547159052, [1.0664428134460992, 0.23933419221983122], [0, 0] },
        { "beta-binomial", [3e7, 5e7, 8e7, 30010000], -10.97220871384085, [0.00016665798904284524, -0.00010000312583339311], [0, 0] },
        { "beta", [3e7, 5e7, 0.375], 8.9052465008403582, [1.0416666746238426e-8, 3.7500000203125e-9, -1.0666666666666667], [1e-4, 1e-4, 2e4] },
        { "beta", [3e7, 5e7, 0.3751], 7.1985945327100795, [0.00026664153409755171, -0.00016000905136545926, -34130.759988509893], [0, 0, 0] },
        { "beta", [1e9, 2, 0.999999998], 19.416412991277136, [-5.745843964624864e-17, 0.27036287419069757, 500000014.61460957], [1e-9, 0, 0] },
        { "beta", [1e-10, 3, 0.25], -22.214920713712757, [10000000000.113705, -0.28768207241228752, -6.6666666662666667], [0, 0, 0] },
        { "beta", [0.5, 0.5, 1e-12], 12.670780672115374, [-26.244726754808658, 1.3862943611188906, -499999999999.50001], [0, 0, 0] },
        { "beta", [1, 1, 0.3], 0, [-0.20397280432593603, 0.64332505606126764, 0], [0, 0, 1e-5] },
        { "beta", [1e12, 1e12, 0.5], 13.936292795599394, [2.500000000000625e-13, 2.500000000000625e-13, 0], [1e-6, 1e-6, 1e6] },
        { "beta", [1.5, 1e9, 1e-9], 19.844048075456656, [-0.036489972978576459, 4.9999999912499994e-10, -500000000.00000003], [0, 1e-8, 0] },
        { "gamma", [1e9, 2, 5e8], -10.587424271201266, [5.0000000008333333e-10, 0, -2.0e-9], [3e-5, 2e4, 6e-5] },
        { "gamma", [1e9, 2, 500020000], -11.387442937707934, [3.9999700021332777e-5, -20000, -7.999880004799808e-5], [0, 0, 0] },
        { "gamma", [1e-10, 1, 0.001], -16.119095651591374, [9999999993.66946, -0.00099999990000000002, -1000.9999999], [0, 0, 0] },
        { "gamma", [0.6, 1.4, 0.2], 0.16742464887713294, [0.26765353808030304, 0.22857142857142857, -3.3999999999999999], [0, 0, 0] },
        { "gamma", [1, 2, 0.5], -0.30685281944005469, [0.57721566490153286061, 0, -2], [0, 1e-5, 0] },
        { "gamma", [1e12, 1e3, 1e9], -7.8266938121868931, [5.0000000000008333e-13, 0, -1.0e-9], [1e-6, 1e3, 1e-3] },
        { "gamma", [2.5, 1e-9, 3e9], -22.360030274417166, [0.39545564802286657, -500000000.00000016, -5.0000000000000006e-10], [0, 0, 0] },
        { "inverse gamma", [1e9, 2e9, 2], 8.7495472046252542, [5.0000000008333333e-10, 0, -0.5], [3e-5, 2e-5, 2e4] },
        { "inverse gamma", [1e9, 2e9, 2.0001], 7.4995805345160205, [-4.9998250041770531e-5, 2.4998750062549628e-5, -24998.000162541498], [0, 0, 0] },
        { "inverse gamma", [1e-10, 1, 2], -24.218998110511995, [9999999999.8840681, -0.4999999999, -0.25000000005], [0, 0, 0] },
        { "inverse gamma", [6, 2.5, 0.4], 0.87428777158196981, [0.1264637953165096, -0.099999999999999861, -1.8750000000000008], [0, 0, 0] },
        { "inverse gamma", [1e12, 1e3, 1e-9], 33.619837861705929, [4.9993771840862555e-13, 6.2281591457779853e-8, -1000062281.5914577],
            [1e-6, 1e3, 1e15] },
    };

    [Theory, MemberData(nameof(Rows))]
    public void Scores_and_gradients_are_those_of_many_digits(string family, double[] at, double score, double[] gradients, double[] scales)
    {
        // The default precision stays Float32: nothing may pass through it.
        Tensor[] variables = [.. at.Select(x => Tensor.Full(Shape.Scalar, x, DType.Float64).AsVariable())];
        Tensor found = Scores[family](variables);
        Close.Assert(found.Item(), score, 1e-10, score == 0 ? 1e-15 : 0, family);
        Tensor?[] slopes = [.. variables.Select(variable => Gradient.OrNull(found, [variable])[0])];
        double[] given = [.. slopes.OfType<Tensor>().Select(slope => slope.Item())];
        Assert.Equal(gradients.Length, given.Length);
        for (int i = 0; i < given.Length; i++)
        {
            Assert.True(Math.Abs(given[i] - gradients[i]) <= 1e-8 * Math.Max(Math.Abs(gradients[i]), scales[i]),
                $"{family}: slope {i} is {given[i]:R}, not {gradients[i]:R}");
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public void Single_precision_agrees_with_double(string family, double[] at, double score, double[] gradients, double[] scales)
    {
        Assert.Equal(gradients.Length, scales.Length);
        Tensor[] narrow = [.. at.Select(x => Tensor.Full(Shape.Scalar, x, DType.Float32))];
        if (narrow.Zip(at).Any(pair => pair.First.To(DType.Float64).Item() != pair.Second) && Math.Abs(score) < 100)
        {
            return;   // other numbers, and a score that depends on every digit of them
        }
        double[] wide = Scores[family]([.. narrow.Select(x => x.To(DType.Float64))]).ToArray<double>();
        Close.Assert(Scores[family](narrow).ToArray<double>(), wide, 1e-4, score == 0 ? 1e-6 : 0, family);
    }

    [Fact]
    public void Scores_of_vectors_of_counts_are_those_of_many_digits()
    {
        Tensor chances = Tensor.From([0.2, 0.3, 0.5]);
        Close.Assert(new Multinomial(2_000_000_000, chances).LogProb(Tensor.From([4e8, 6e8, 1e9])).Item(), -21.5010111356446, 1e-10, 0,
            "multinomial");
        Close.Assert(new Multinomial(2_000_000_000, chances).LogProb(Tensor.From([400020000.0, 599990000, 999990000])).Item(), -22.134348431433003,
            1e-10, 0, "multinomial");
        Close.Assert(new Multinomial(2_000_000_000, logits: Tensor.From([0.1, -1.2, 2])).LogProb(Tensor.From([2.5e8, 7e7, 1680000000])).Item(),
            -19981.759047997891, 1e-10, 0, "multinomial of log-odds");
        (double[] Weights, double[] Counts, double Score, double Slope, double Scale)[] rows =
        [
            ([2e8, 3e8, 5e8], [4e8, 6e8, 1e9], -22.599623424831228, 1.3333333351111111e-9, 5e-5),
            ([2e8, 3e8, 5e8], [400030000, 599980000, 999990000], -23.102414115021313, 5.0000083416664799e-5, 0),
            ([0.5, 2, 1], [3, 0, 4], -5.377641065796956, 1.8668222730142235, 0),
                ([1, 1, 1], [1e9, 5e8, 4e8], -42.037092267256614, 0.85814611301181575, 0),
        ];
        foreach ((double[] weights, double[] counts, double score, double slope, double scale) in rows)
        {
            Tensor variable = Tensor.From(weights).AsVariable();
            Tensor found = new DirichletMultinomial(variable, (int)counts.Sum()).LogProb(Tensor.From(counts));
            Close.Assert(found.Item(), score, 1e-10, 0, "dirichlet-multinomial");
            Assert.Equal(slope, Gradient.Of(found, [variable])[0].ToArray<double>()[0], 1e-8 * Math.Max(slope, scale));
        }
    }

    [Fact]
    public void Rates_may_be_logarithms_and_counts_integers()
    {
        Tensor count = Tensor.From([1_000_000_000L]);
        Close.Assert(new Poisson(logRate: Tensor.Full(Shape.Scalar, Math.Log(1e9), DType.Float64)).LogProb(count).Item(), -11.280571451761212, 1e-10,
            0, "poisson of a logarithm");
        Close.Assert(new Poisson(Tensor.Full(Shape.Scalar, 1e7, DType.Float64)).LogProb(Tensor.From([10_000_000L])).Item(), -8.97798636702, 1e-10, 0,
            "the case of issue and table");
        Close.Assert(new Binomial(Tensor.From([2_000_000_000L]), Tensor.Full(Shape.Scalar, 0.5, DType.Float64)).LogProb(count).Item(),
            -10.933997861522906, 1e-10, 0, "trials as integers");
        Tensor logarithm = Tensor.Full(Shape.Scalar, Math.Log(1e9), DType.Float64);
        Close.Assert(new NegativeBinomial2(logMean: logarithm, concentration: Tensor.Full(Shape.Scalar, 1e9, DType.Float64)).LogProb(count).Item(),
            -11.627145042082851, 1e-10, 0, "negative binomial of a logarithm");
    }

    /// <summary>Family, parameters and value; away from the sizes where formulas change.</summary>
    public static TheoryData<string, double[]> Points => new()
    {
        { "poisson", [4.2, 3] }, { "poisson", [4.2, 0] }, { "binomial", [12, 0.3, 5] }, { "binomial", [12, 0.3, 0] }, { "binomial", [12, 0.3, 12] },
        { "binomial of log-odds", [12, 0.3, 5] }, { "binomial of log-odds", [12, 0.3, 0] }, { "binomial of log-odds", [12, 0.3, 12] },
        { "negative binomial", [2.3, 0.4, 3] }, { "negative binomial", [2.3, 0.4, 0] }, { "negative binomial", [23.0, 0.4, 15] },
        { "negative binomial 2", [2.3, 1.4, 3] }, { "negative binomial 2", [2.3, 1.4, 0] }, { "gamma-poisson", [2.3, 1.4, 3] },
        { "gamma-poisson", [2.3, 1.4, 0] },
        { "beta-binomial", [0.7, 2.1, 9, 4] }, { "beta-binomial", [0.7, 2.1, 9, 0] }, { "beta-binomial", [0.7, 2.1, 9, 9] },
        { "beta", [0.7, 2.1, 0.3] }, { "beta", [1.7, 2.1, 0.3] }, { "beta", [17.0, 21.0, 0.3] }, { "gamma", [0.7, 2.1, 0.3] },
        { "gamma", [1.7, 2.1, 0.3] }, { "gamma", [17.0, 2.1, 5.0] },
        { "inverse gamma", [0.7, 2.1, 0.3] }, { "inverse gamma", [1.7, 2.1, 0.3] }, { "inverse gamma", [17.0, 2.1, 0.2] },
    };

    [Theory, MemberData(nameof(Points))]
    public void Second_derivatives_agree_with_differences_of_first_ones(string family, double[] at)
    {
        Tensor[] probe = [.. at.Select(x => Tensor.Full(Shape.Scalar, x, DType.Float64).AsVariable())];
        int[] tracked = [.. Enumerable.Range(0, at.Length).Where(i => Gradient.OrNull(Scores[family](probe), [probe[i]])[0] is not null)];
        Tensor[] point = [.. tracked.Select(i => probe[i].Detach())];
        GradientCheck.Verify(p => Scores[family](All(p)), point, 1e-6, 1e-7);
        for (int i = 0; i < point.Length; i++)
        {
            int by = i;
            GradientCheck.Verify(
                p =>
                {
                    Tensor[] own = [.. p.Select(x => x.RequiresGradient ? x + 0.0 : x.AsVariable())];
                    return Gradient.Of(Scores[family](All(own)), [own[by]], createGraph: true)[0];
                }, point, 1e-5, 1e-6);
        }

        Tensor[] All(Tensor[] p) => [.. probe.Select((x, i) => Array.IndexOf(tracked, i) is >= 0 and int place ? p[place] : x.Detach())];
    }

    [Fact]
    public void Second_derivatives_of_scores_of_vectors_agree_with_differences_of_first_ones()
    {
        Tensor chances = Tensor.From([0.5, 2, 1.2]);
        foreach (double[] counts in new double[][] { [3, 0, 4], [1, 5, 1], [0, 0, 7] })
        {
            Tensor value = Tensor.From(counts);
            Func<Tensor, Tensor>[] scores =
            [
                p => new DirichletMultinomial(p, 7).LogProb(value), p => new Multinomial(7, logits: p).LogProb(value),
                p => new Multinomial(7, p / p.Sum()).LogProb(value),
            ];
            foreach (Func<Tensor, Tensor> score in scores)
            {
                GradientCheck.Verify(
                    p =>
                    {
                        Tensor own = p[0].RequiresGradient ? p[0] + 0.0 : p[0].AsVariable();
                        return Gradient.Of(score(own), [own], createGraph: true)[0];
                    }, [chances], 1e-5, 1e-6);
            }
        }
    }
}
