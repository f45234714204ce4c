using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.SpecialFunctions;

/// <summary>Special functions against exact numbers.</summary>
public sealed class SpecialFunctionsGoldenTests
{
    private const double AbsoluteNearZeros = 1e-15;

    public static TheoryData<int, string> Cases()
    {
        TheoryData<int, string> cases = [];
        int index = 0;
        foreach (JsonElement entry in GoldenFolder.Json("distributions", "special.json").GetProperty("cases").EnumerateArray())
        {
            cases.Add(index++, entry.GetProperty("function").GetString()!);
        }
        return cases;
    }

    [Theory, MemberData(nameof(Cases))]
    public void Matches_the_golden_numbers(int index, string function)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        JsonElement golden = GoldenFolder.Json("distributions", "special.json").GetProperty("cases")[index];
        Tensor[] arguments = Arguments(golden);
        double[] got = Evaluate(function, arguments).ToArray<double>();
        double[] want = golden.GetProperty("value").Values().Data;
        Assert.Equal(want.Length, got.Length);
        double rtol = golden.Tolerance();
        for (int i = 0; i < want.Length; i++)
        {
            Close.Assert(got[i], want[i], rtol, function is "lgamma" or "digamma" ? AbsoluteNearZeros : 1e-300,
                $"{function}({string.Join(", ", arguments.Select(a => a.Count > i ? a.ToArray<double>()[i] : 0))})");
        }
    }

    private static Tensor[] Arguments(JsonElement golden)
    {
        if (golden.Optional("vector") is { } vector)
        {
            return [Tensor.From(vector.ValueKind == JsonValueKind.Array ? vector.Numbers() : vector.Values().Data)];
        }
        GoldenTensor all = golden.GetProperty("args").Values();
        int count = all.Shape[1];
        Tensor[] arguments = new Tensor[all.Shape[0]];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Tensor.From(all.Data[(i * count)..((i + 1) * count)]);
        }
        return arguments;
    }

    private static Tensor Evaluate(string function, Tensor[] x) => function switch
    {
        "lgamma" => x[0].LogGamma(),
        "digamma" => x[0].Digamma(),
        "trigamma" => x[0].Trigamma(),
        "polygamma2" => x[0].Polygamma(2),
        "erf" => x[0].Erf(),
        "erfc" => x[0].Erfc(),
        "erfcx" => x[0].Erfcx(),
        "erfinv" => x[0].ErfInverse(),
        "log_ndtr" => x[0].LogNormalCdf(),
        "ndtr" => x[0].NormalCdf(),
        "ndtri" => x[0].NormalQuantile(),
        "log1p" => x[0].Log1p(),
        "expm1" => x[0].Expm1(),
        "log1mexp" => x[0].Log1mExp(),
        "softplus" => x[0].Softplus(),
        "sigmoid" => x[0].Sigmoid(),
        "log_sigmoid" => x[0].LogSigmoid(),
        "xlogy" => x[0].XLogY(x[1]),
        "xlog1py" => x[0].XLog1pY(x[1]),
        "logaddexp" => x[0].LogAddExp(x[1]),
        "betaln" => x[0].LogBeta(x[1]),
        "i0e" => x[0].BesselI0Scaled(),
        "i1e" => x[0].BesselI1Scaled(),
        "log_i0" => x[0].LogBesselI0(),
        "sinc" => x[0].Sinc(),
        "gammainc" => x[0].GammaLower(x[1]),
        "gammaincc" => x[0].GammaUpper(x[1]),
        "gammaincinv" => x[0].GammaLowerInverse(x[1]),
        "betainc" => Tensor.BetaLower(x[0], x[1], x[2]),
        "betaincinv" => Tensor.BetaLowerInverse(x[0], x[1], x[2]),
        "logsumexp" => x[0].LogSumExpOverLast(),
        "log_softmax" => x[0].LogSoftmaxOverLast(),
        _ => throw new NotSupportedException($"Golden function {function} is not known to the tests."),
    };
}
