
using static Pyrite.Tests.Catalogue.CatalogueEntry;

namespace Pyrite.Tests.Catalogue;

/// <summary>Gamma, beta, error and Bessel functions.</summary>
/// <remarks>Derivatives of incomplete functions in their shapes are not differentiable again; those entries say so, and others hold the shapes
/// fixed.</remarks>
internal static class SpecialFunctionEntries
{
    public static readonly CatalogueEntry[] All =
    [
        Unary("ErrorFunctions.Erf", x => x.Erf()),
        Unary("ErrorFunctions.Erfc", x => x.Erfc()),
        Unary("ErrorFunctions.Erfcx", x => x.Erfcx()),
        Unary("ErrorFunctions.ErfInverse", x => x.ErfInverse(), -0.8, 0.8),
        Unary("ErrorFunctions.NormalCdf", x => x.NormalCdf()),
        Unary("ErrorFunctions.LogNormalCdf", x => x.LogNormalCdf(), -6, 4),
        Unary("ErrorFunctions.NormalQuantile", x => x.NormalQuantile(), 0.15, 0.85),
        Unary("ErrorFunctions.InverseMills", x => x.InverseMills(), -6, 4),
        Unary("GammaFunctions.LogGamma", x => x.LogGamma(), 0.5, 12),
        Unary("GammaFunctions.Digamma", x => x.Digamma(), 0.6, 12),
        Unary("GammaFunctions.DigammaHalfStep", x => x.DigammaHalfStep(), 0.6, 12),
        Unary("GammaFunctions.Trigamma", x => x.Trigamma(), 0.8, 12),
        Of("GammaFunctions.Polygamma", draw =>
        {
            int order = draw.Integer(1, 4);
            return new(x => x[0].Polygamma(order), draw.Uniform(draw.AnyShape(), 1, 12));
        }),
        Binary("GammaFunctions.LogBeta", (a, b) => a.LogBeta(b), 0.5, 6, 0.5, 6),
        Unary("BesselFunctions.BesselI0Scaled", x => x.BesselI0Scaled(), -5, 5, 0),
        Unary("BesselFunctions.BesselI1Scaled", x => x.BesselI1Scaled(), -5, 5, 0),
        Unary("BesselFunctions.LogBesselI0", x => x.LogBesselI0(), -5, 5, 0),
        Unary("BesselFunctions.BesselRatio", x => x.BesselRatio(), -5, 5, 0),
        Unary("ModifiedBessel.BesselI0", x => x.BesselI0(), -3, 3, 0),
        Unary("ModifiedBessel.BesselI1", x => x.BesselI1(), -3, 3, 0),
        Unary("LogarithmFunctions.Log1mExp", x => x.Log1mExp(), -4, -0.4),
        Unary("LogarithmFunctions.Sinc", x => x.Sinc(), -3, 3, 0),
        Binary("LogarithmFunctions.LogAddExp", (a, b) => a.LogAddExp(b), -5, 5, -5, 5),
        Binary("LogProducts.ZeroOver", (a, b) => a.ZeroOver(b), 0.5, 2, 0.4, 3),
        Binary("Deviances.Deviance", (x, m) => x.Deviance(m), 0.5, 5, 0.5, 5),
        Binary("Deviances.DevianceByCount", (x, m) => x.DevianceByCount(m), 0.5, 5, 0.5, 5),
        Binary("Deviances.LogDeviance", (x, l) => x.LogDeviance(l), 0.5, 5, -1, 1.5),
        Unary("Deviances.ShapeRest", x => x.ShapeRest(), 1.5, 12),
        Unary("Deviances.ShapeRestSlope", x => x.ShapeRestSlope(), 1.5, 12),
        Binary("Deviances.ChooseRest", (x, j) => x.ChooseRest(j), 0.6, 6, 0.6, 6),
        Binary("Deviances.BetaRest", (a, b) => a.BetaRest(b), 1.6, 6, 1.6, 6),
        Binary("Deviances.LogShare", (x, j) => x.LogShare(j), 0.5, 5, 0.5, 5),
        Triple("Deviances.ScaledDeviance", (x, rate, time) => x.ScaledDeviance(rate, time)),
        Triple("Deviances.CoinDeviance", (x, j, p) => x.CoinDeviance(j, p)),
        Triple("Deviances.CoinDevianceOfLogOdds", (x, j, l) => x.CoinDevianceOfLogOdds(j, l)),
        Triple("Deviances.CoinDevianceOfOdds", (x, j, odds) => x.CoinDevianceOfOdds(j, odds)),
        Binary("GammaDensity.GammaDensityAt", (a, x) => a.GammaDensityAt(x), 0.6, 6, 0.4, 6),
        Binary("GammaDensity.LogGammaDensityAt", (a, x) => a.LogGammaDensityAt(x), 0.6, 6, 0.4, 6),
        Binary("GammaDensity.LogGammaExcess", (a, x) => a.LogGammaExcess(x), 0.6, 6, 0.4, 6),
        Triple("BetaDensity.BetaDensityAt", Tensor.BetaDensityAt),
        Triple("BetaDensity.LogBetaOddsDensity", Tensor.LogBetaOddsDensity),
        Triple("BetaDensity.LogBetaExcess", Tensor.LogBetaExcess),
        Triple("BetaDensity.LogBetaRestExcess", Tensor.LogBetaRestExcess),
        Triple("IncompleteBeta.Lower", IncompleteBeta.Lower),
        Triple("IncompleteBeta.Upper", IncompleteBeta.Upper),
        Triple("IncompleteBeta.Inverse", IncompleteBeta.Inverse),
        Binary("OutcomeScores.BernoulliLogProb", (x, l) => x.BernoulliLogProb(l), 0.1, 0.9, -3, 3),
        Shaped("RowSoftmax.LogSoftmaxOverLast", (_, _) => x => x.LogSoftmaxOverLast()),
        Shaped("RowSoftmax.LogSumExpOverLast", (_, _) => x => x.LogSumExpOverLast()),
        Binary("LogProducts.XLogY", (a, b) => a.XLogY(b), -2, 2, 0.4, 3),
        Binary("LogProducts.XLog1pY", (a, b) => a.XLog1pY(b), -2, 2, -0.6, 3),
        Binary("IncompleteGamma.GammaLower", (a, x) => a.GammaLower(x), 0.6, 6, 0.4, 6),
        Binary("IncompleteGamma.GammaUpper", (a, x) => a.GammaUpper(x), 0.6, 6, 0.4, 6),
        Binary("IncompleteGamma.LogGammaLower", (a, x) => a.LogGammaLower(x), 0.6, 6, 0.4, 6),
        Binary("IncompleteGamma.LogGammaUpper", (a, x) => a.LogGammaUpper(x), 0.6, 6, 0.4, 6),
        Binary("IncompleteGamma.GammaLowerInverse", (a, p) => a.GammaLowerInverse(p), 0.8, 6, 0.2, 0.8),
        Binary("IncompleteGamma.GammaUpperInverse", (a, q) => a.GammaUpperInverse(q), 0.8, 6, 0.2, 0.8),
        ShapeFixed("IncompleteGamma.GammaLower", (a, x) => a.GammaLower(x), 0.4, 6),
        ShapeFixed("IncompleteGamma.GammaUpper", (a, x) => a.GammaUpper(x), 0.4, 6),
        ShapeFixed("IncompleteGamma.GammaLowerInverse", (a, p) => a.GammaLowerInverse(p), 0.2, 0.8),
        ShapeFixed("IncompleteGamma.GammaUpperInverse", (a, q) => a.GammaUpperInverse(q), 0.2, 0.8),
        Triple("Tensor.BetaLower", Tensor.BetaLower),
        Triple("Tensor.BetaUpper", Tensor.BetaUpper),
        Triple("Tensor.BetaLowerInverse", Tensor.BetaLowerInverse),
        ShapeFixed("Tensor.BetaLower", (a, x) => Tensor.BetaLower(a, 2.3, x), 0.2, 0.8),
        ShapeFixed("Tensor.BetaUpper", (a, x) => Tensor.BetaUpper(a, 2.3, x), 0.2, 0.8),
        ShapeFixed("Tensor.BetaLowerInverse", (a, p) => Tensor.BetaLowerInverse(a, 2.3, p), 0.2, 0.8),
    ];

    private static CatalogueEntry ShapeFixed(string name, Func<Tensor, Tensor, Tensor> function, double low, double high) => Of(name, draw =>
    {
        Shape shape = draw.AnyShape();
        Tensor fixedShape = draw.Uniform(shape, 0.8, 5);
        return new(x => function(fixedShape.To(x[0].DType), x[0]), draw.Uniform(shape, low, high));
    });

    private static CatalogueEntry Triple(string name, Func<Tensor, Tensor, Tensor, Tensor> function) => new(name, draw =>
    {
        (Shape a, Shape b) = draw.Pair();
        return new CatalogueCase(x => function(x[0], x[1], x[2]), draw.Uniform(a, 0.8, 5), draw.Uniform(b, 0.8, 5),
            draw.Uniform(draw.Narrower(a), 0.2, 0.8));
    });
}
