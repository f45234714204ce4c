using static Pyrite.Tests.Catalogue.CatalogueEntry;

namespace Pyrite.Tests.Catalogue;

/// <summary>Normalization, losses, attention and other functions that networks are made of.</summary>
internal static class NetworkEntries
{
    private static readonly LossReduction[] Reductions = [LossReduction.None, LossReduction.Mean, LossReduction.Sum];

    public static readonly CatalogueEntry[] All =
    [
        Of("Normalization.LayerNorm", draw =>
        {
            Shape shape = draw.Shape(1) + [3];
            int axes = draw.Integer(1, shape.Rank);
            Shape own = shape[^axes..];
            return new(x => x[0].LayerNorm(axes, x[1], x[2]), draw.Distinct(shape), draw.Normal(own), draw.Normal(own));
        }),
        Of("Normalization.RmsNorm", draw =>
        {
            Shape shape = draw.Shape(1);
            int axes = draw.Integer(1, shape.Rank);
            return new(x => x[0].RmsNorm(axes, x[1]), draw.Distinct(shape), draw.Normal(shape[^axes..]));
        }),
        Of("Normalization.GroupNorm", draw =>
        {
            (int groups, int channels) = (draw.Integer(1, 2), draw.Integer(1, 2));
            Shape shape = [draw.Integer(1, 3), groups * channels, draw.Integer(2, 3), draw.Size()];
            return new(x => x[0].GroupNorm(groups, x[1], x[2]), draw.Distinct(shape), draw.Normal([groups * channels]),
                draw.Normal([groups * channels]));
        }),
        Of("Normalization.InstanceNorm", draw =>
        {
            int channels = draw.Size();
            return new(x => x[0].InstanceNorm(x[1], x[2]), draw.Distinct([draw.Integer(1, 3), channels, draw.Integer(2, 4)]), draw.Normal([channels]),
                draw.Normal([channels]));
        }),
        Of("Normalization.BatchNorm", draw =>
        {
            int channels = draw.Size();
            bool isTraining = draw.Coin();
            (Tensor mean, Tensor variance) = (draw.Normal([channels]), draw.Uniform([channels], 0.5, 2));
            return new(x => x[0].BatchNorm(x[1], x[2], mean.To(x[0].DType), variance.To(x[0].DType), isTraining).Result,
                draw.Distinct([draw.Integer(2, 3), channels, .. draw.Shape(0, 2)]), draw.Normal([channels]), draw.Normal([channels]));
        }),
        Shaped("Normalization.Normalize", (draw, shape) =>
        {
            (int axis, double order) = (draw.Axis(shape), draw.Pick(1.0, 2.0, 3.0));
            return x => x.Normalize(order, axis);
        }),
        Of("Normalization.CosineSimilarity", draw =>
        {
            Shape shape = draw.Shape(1);
            int axis = draw.Axis(shape);
            return new(x => x[0].CosineSimilarity(x[1], axis), draw.Distinct(shape), draw.Distinct(shape));
        }),
        Of("NetworkFunctions.Attention", draw =>
        {
            (int queries, int keys, int width) = (draw.Size(), draw.Size(), draw.Size());
            Shape batch = draw.Shape(0, 1);
            bool isCausal = draw.Coin();
            return new(x => x[0].Attention(x[1], x[2], x[3], isCausal), draw.Normal(batch + [queries, width]), draw.Normal(batch + [keys, width]),
                draw.Normal(batch + [keys, draw.Size()]), draw.Normal([queries, keys]));
        }),
        Of("NetworkFunctions.Bilinear", draw =>
        {
            (int first, int second, int outputs) = (draw.Size(), draw.Size(), draw.Size());
            Shape batch = draw.Shape(0, 2);
            return new(x => x[0].Bilinear(x[1], x[2], x[3]), draw.Normal(batch + [first]), draw.Normal(batch + [second]),
                draw.Normal([outputs, first, second]), draw.Normal([outputs]));
        }),
        Shaped("NetworkFunctions.Dropout", (draw, shape) =>
        {
            Tensor mask = draw.Mask(shape);
            return x => x.Dropout(mask, 0.3);
        }),
        Of("NetworkFunctions.GatedLinearUnit", draw =>
        {
            Shape shape = draw.Shape(1);
            int axis = draw.Axis(shape);
            return new(x => x[0].GatedLinearUnit(axis), draw.Normal(shape.Replace(axis, 2 * shape[axis])));
        }),
        Of("NetworkFunctions.PRelu", draw =>
        {
            Shape shape = draw.Shape(2);
            return new(x => x[0].PRelu(x[1]), draw.AwayFrom(shape, -2, 2, 0), draw.Normal([draw.Coin() ? 1 : shape[1]]));
        }),
        Loss("Losses.MeanSquaredError", (p, t, r) => p.MeanSquaredError(t, r)),
        Loss("Losses.AbsoluteError", (p, t, r) => p.AbsoluteError(t + 5, r)),
        Loss("Losses.HuberLoss", (p, t, r) => (0.1 * p).HuberLoss(0.1 * t, 1, r)),
        Loss("Losses.HuberLoss", (p, t, r) => p.HuberLoss(t + 6, 0.8, r)),
        Loss("Losses.SmoothAbsoluteError", (p, t, r) => (0.1 * p).SmoothAbsoluteError(0.1 * t, 0.9, r)),
        Loss("Losses.SmoothAbsoluteError", (p, t, r) => p.SmoothAbsoluteError(t + 6, 0.8, r)),
        Loss("Losses.BinaryCrossEntropy", (p, t, r) => p.Sigmoid().BinaryCrossEntropy(t.Sigmoid(), r)),
        Loss("Losses.BinaryCrossEntropyWithLogits", (p, t, r) => p.BinaryCrossEntropyWithLogits(t.Sigmoid(), 1.7, r)),
        Loss("Losses.PoissonLoss", (p, t, r) => p.PoissonLoss(t, true, r)),
        Loss("Losses.PoissonLoss", (p, t, r) => (p + 4).PoissonLoss(t, false, r)),
        Of("Losses.GaussianLoss", draw =>
        {
            (Shape shape, LossReduction reduction) = (draw.Shape(), draw.Pick(Reductions));
            return new(x => x[0].GaussianLoss(x[1], x[2], 1e-6, reduction), draw.Normal(shape), draw.Normal(shape), draw.Uniform(shape, 0.4, 2));
        }),
        Loss("Losses.DivergenceLoss", (p, t, r) => p.DivergenceLoss(t + 3, false, r)),
        Loss("Losses.DivergenceLoss", (p, t, r) => p.DivergenceLoss(t, true, r)),
        Classes("ClassificationLosses.CrossEntropy", (p, t, w, s, r) => p.CrossEntropy(t, w, labelSmoothing: s, reduction: r)),
        Classes("ClassificationLosses.NegativeLogLikelihood", (p, t, w, _, r) => p.NegativeLogLikelihood(t, w, reduction: r)),
        Of("ClassificationLosses.CrossEntropy", draw =>
        {
            Shape shape = [draw.Size(), draw.Size(2), .. draw.Shape(0, 1)];
            LossReduction reduction = draw.Pick(Reductions);
            return new(x => x[0].CrossEntropy(x[1].Softmax(1), x[2], labelSmoothing: 0.1, reduction: reduction), draw.Normal(shape),
                draw.Normal(shape), draw.Uniform([shape[1]], 0.5, 2));
        }),
    ];

    private static CatalogueEntry Loss(string name, Func<Tensor, Tensor, LossReduction, Tensor> loss) => Of(name, draw =>
    {
        (Shape shape, LossReduction reduction) =
            (draw.Shape(1), draw.Pick(LossReduction.None, LossReduction.Mean, LossReduction.Sum, LossReduction.BatchMean));
        return new(x => loss(x[0], x[1], reduction), draw.Normal(shape), draw.Normal(shape));
    });

    private static CatalogueEntry Classes(string name, Func<Tensor, Tensor, Tensor, double, LossReduction, Tensor> loss) => Of(name, draw =>
    {
        Shape shape = [draw.Size(), draw.Size(2), .. draw.Shape(0, 1)];
        (double smoothing, LossReduction reduction) = (draw.Coin() ? 0.2 : 0, draw.Pick(Reductions));
        Tensor target = draw.Positions(shape[..1] + shape[2..], shape[1]);
        return new(x => loss(x[0], target, x[1], smoothing, reduction), draw.Normal(shape), draw.Uniform([shape[1]], 0.5, 2));
    });
}
