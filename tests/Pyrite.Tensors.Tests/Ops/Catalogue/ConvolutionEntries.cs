
using static Pyrite.Tests.Catalogue.CatalogueEntry;

namespace Pyrite.Tests.Catalogue;

/// <summary>Convolutions of one to three dimensions, pooling and resampling.</summary>
internal static class ConvolutionEntries
{
    private delegate Tensor Convolve(Tensor x, Tensor weight, Tensor? bias, Settings settings);

    public static readonly CatalogueEntry[] All =
    [
        Forward("Convolution.Conv2d", 2, (x, w, b, s) => x.Conv2d(w, b, s.Stride, s.Padding, s.Dilation), grouped: false),
        Forward("GroupedConvolution.Conv2d", 2, (x, w, b, s) => x.Conv2d(w, b, (s.Stride, 1), (s.Padding, 0), (1, s.Dilation), s.Groups)),
        Forward("ConvolutionByAxes.Conv1d", 1, (x, w, b, s) => x.Conv1d(w, b, s.Stride, s.Padding, s.Dilation, s.Groups)),
        Forward("ConvolutionByAxes.Conv3d", 3, (x, w, b, s) => x.Conv3d(w, b, s.Stride, s.Padding, s.Dilation, s.Groups)),
        Transposed("Convolution.ConvTranspose2d", 2, (x, w, b, s) => x.ConvTranspose2d(w, b, s.Stride, s.Padding, s.Extra, s.Dilation),
            grouped: false),
        Transposed("GroupedConvolution.ConvTranspose2d", 2,
            (x, w, b, s) => x.ConvTranspose2d(w, b, (s.Stride, 1), (s.Padding, 0), (s.Extra, 0), (s.Dilation, 1), s.Groups)),
        Transposed("ConvolutionByAxes.ConvTranspose1d", 1,
            (x, w, b, s) => x.ConvTranspose1d(w, b, s.Stride, s.Padding, s.Extra, s.Dilation, s.Groups)),
        Transposed("ConvolutionByAxes.ConvTranspose3d", 3,
            (x, w, b, s) => x.ConvTranspose3d(w, b, s.Stride, s.Padding, s.Extra, s.Dilation, s.Groups)),
        Images("Pooling.MaxPool2d", (draw, shape) =>
        {
            (AxisPair kernel, AxisPair stride, bool ceil) = ((draw.Integer(1, 3), 2), (draw.Integer(1, 3), draw.Integer(1, 2)), draw.Coin());
            return x => x.MaxPool2d(kernel, stride, (kernel.Height / 2, 1), null, ceil).Values;
        }),
        Images("Pooling.MaxPool1d", (draw, shape) =>
        {
            (int kernel, int dilation) = (draw.Integer(1, 2), draw.Integer(1, 2));
            return x => x.Flatten(1, 2).MaxPool1d(kernel, null, kernel / 2, dilation).Values;
        }),
        Images("Pooling.AdaptiveMaxPool2d", (draw, shape) =>
        {
            AxisPair size = (draw.Size(), draw.Size());
            return x => x.AdaptiveMaxPool2d(size).Values;
        }),
        Images("Pooling.AveragePool2d", (draw, shape) =>
        {
            (AxisPair kernel, AxisPair stride, bool ceil, bool count) =
                ((draw.Integer(1, 3), 2), (draw.Integer(1, 3), draw.Integer(1, 2)), draw.Coin(), draw.Coin());
            return x => x.AveragePool2d(kernel, stride, (kernel.Height / 2, 1), ceil, count);
        }),
        Images("Pooling.AveragePool1d", (draw, shape) =>
        {
            (int kernel, bool count) = (draw.Integer(1, 3), draw.Coin());
            return x => x.Flatten(1, 2).AveragePool1d(kernel, 1, kernel / 2, false, count);
        }),
        Images("Pooling.AdaptiveAveragePool2d", (draw, shape) =>
        {
            AxisPair size = (draw.Size(), draw.Size());
            return x => x.AdaptiveAveragePool2d(size);
        }),
        Images("Resampling.UpsampleNearest", (draw, shape) =>
        {
            AxisPair size = (draw.Integer(1, 7), draw.Integer(1, 7));
            return x => x.UpsampleNearest(size);
        }),
        Images("Resampling.UpsampleBilinear", (draw, shape) =>
        {
            (AxisPair size, bool align) = ((draw.Integer(1, 7), draw.Integer(1, 7)), draw.Coin());
            return x => x.UpsampleBilinear(size, align);
        }),
        Images("Resampling.UpsampleLinear", (draw, shape) =>
        {
            (int length, bool align, int axis) = (draw.Integer(1, 7), draw.Coin(), draw.Axis(shape));
            return x => x.UpsampleLinear(length, align, axis);
        }),
        Of("Resampling.PixelShuffle", draw =>
        {
            int factor = draw.Integer(1, 2);
            return new(x => x[0].PixelShuffle(factor),
                draw.Normal([draw.Integer(1, 2), factor * factor * draw.Integer(1, 2), draw.Size(), draw.Size()]));
        }),
    ];

    /// <summary>The numbers of a convolution.</summary>
    private readonly record struct Settings(int Stride, int Padding, int Dilation, int Extra, int Groups);

    private static CatalogueEntry Images(string name, Func<Draw, Shape, Func<Tensor, Tensor>> choose) => Of(name, draw =>
    {
        Shape shape = [draw.Integer(1, 2), draw.Integer(1, 3), draw.Integer(2, 5), draw.Integer(2, 5)];
        Func<Tensor, Tensor> function = choose(draw, shape);
        return new(x => function(x[0]), draw.Distinct(shape));
    });

    private static Settings Choose(Draw draw, bool grouped) =>
        new(draw.Integer(1, 3), draw.Integer(0, 1), draw.Integer(1, 2), 0, grouped ? draw.Integer(1, 2) : 1);

    private static CatalogueEntry Forward(string name, int axes, Convolve convolve, bool grouped = true) => Of(name, draw =>
    {
        Settings settings = Choose(draw, grouped);
        (int channels, int outputs) = (draw.Integer(1, 2), draw.Integer(1, 3));
        Shape kernel = Sizes(draw, axes, 1, 3);
        Shape x =
            [draw.Integer(1, 3), channels * settings.Groups,
                .. kernel.Select(size => (settings.Dilation * (size - 1)) + draw.Integer(1, axes == 3 ? 2 : 4))];
        return Case(draw, x, [outputs * settings.Groups, channels, .. kernel], outputs * settings.Groups, (a, w, b) => convolve(a, w, b, settings));
    });

    private static CatalogueEntry Transposed(string name, int axes, Convolve convolve, bool grouped = true) => Of(name, draw =>
    {
        Settings settings = Choose(draw, grouped);
        settings = settings with { Extra = draw.Integer(0, settings.Stride - 1) };
        (int channels, int outputs) = (draw.Integer(1, 2), draw.Integer(1, 3));
        Shape x = [draw.Integer(1, 3), channels * settings.Groups, .. Sizes(draw, axes, 1, 3)];
        return Case(draw, x, [channels * settings.Groups, outputs, .. Sizes(draw, axes, 3, 4)], outputs * settings.Groups,
            (a, w, b) => convolve(a, w, b, settings));
    });

    private static CatalogueCase Case(Draw draw, Shape x, Shape weight, int outputs, Func<Tensor, Tensor, Tensor?, Tensor> convolve) => draw.Coin()
        ? new(p => convolve(p[0], p[1], null), draw.Normal(x), draw.Normal(weight))
        : new(p => convolve(p[0], p[1], p[2]), draw.Normal(x), draw.Normal(weight), draw.Normal([outputs]));

    private static Shape Sizes(Draw draw, int axes, int low, int high) =>
        Shape.Create([.. Enumerable.Range(0, axes).Select(_ => draw.Integer(low, high))]);
}
