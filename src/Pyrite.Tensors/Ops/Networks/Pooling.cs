using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Networks;

namespace Pyrite;

/// <summary>Maxima and means over windows of images [N, C, H, W] and sequences [N, C, L].</summary>
public static class Pooling
{
    extension(Tensor x)
    {
        /// <summary>The largest element of each window, and where it stands in its plane (Int64, row-major); the first of equal ones takes the
        /// gradient.</summary>
        /// <param name="kernel">Size of the windows.</param>
        /// <param name="stride">Distance of the windows; the kernel if not given.</param>
        /// <param name="padding">Positions added on both sides that never win, at most half of the kernel.</param>
        /// <param name="dilation">Distance between the elements of a window.</param>
        /// <param name="ceil">Whether a last window may hang over the end.</param>
        public (Tensor Values, Tensor Indices) MaxPool2d(AxisPair kernel, AxisPair? stride = null, AxisPair? padding = null,
            AxisPair? dilation = null, bool ceil = false)
        {
            CheckImages("max pool", x);
            (PoolingWindows rows, PoolingWindows columns) = Windows(x, kernel, stride, padding, dilation, ceil);
            return MaxOver(x, rows, columns);
        }

        /// <summary>The largest element of each window of sequences, and where it stands.</summary>
        /// <inheritdoc cref="MaxPool2d(Tensor, AxisPair, AxisPair?, AxisPair?, AxisPair?, bool)"/>
        public (Tensor Values, Tensor Indices) MaxPool1d(int kernel, int? stride = null, int padding = 0, int dilation = 1, bool ceil = false)
        {
            (Tensor values, Tensor indices) = x.Unsqueeze(-2).MaxPool2d((1, kernel), (1, stride ?? kernel), (0, padding), (1, dilation), ceil);
            return (values.Squeeze(-2), indices.Squeeze(-2));
        }

        /// <summary>The mean of each window.</summary>
        /// <param name="kernel">Size of the windows.</param>
        /// <param name="stride">Distance of the windows; the kernel if not given.</param>
        /// <param name="padding">Zeros added on both sides, at most half of the kernel.</param>
        /// <param name="ceil">Whether a last window may hang over the end.</param>
        /// <param name="countPadding">Whether zeros of the padding count as elements.</param>
        public Tensor AveragePool2d(AxisPair kernel, AxisPair? stride = null, AxisPair? padding = null, bool ceil = false, bool countPadding = true)
        {
            CheckImages("average pool", x);
            (PoolingWindows rows, PoolingWindows columns) = Windows(x, kernel, stride, padding, null, ceil);
            Tensor down = Means(rows, countPadding, x.DType);
            Tensor across = Means(columns, countPadding, x.DType);
            return down.MatMul(x).MatMul(across.Transpose());
        }

        /// <summary>The mean of each window of sequences.</summary>
        /// <inheritdoc cref="AveragePool2d(Tensor, AxisPair, AxisPair?, AxisPair?, bool, bool)"/>
        public Tensor AveragePool1d(int kernel, int? stride = null, int padding = 0, bool ceil = false, bool countPadding = true) =>
            x.Unsqueeze(-2).AveragePool2d((1, kernel), (1, stride ?? kernel), (0, padding), ceil, countPadding).Squeeze(-2);

        /// <summary>The means of windows that divide the image evenly into a given number of rows and columns.</summary>
        public Tensor AdaptiveAveragePool2d(AxisPair size)
        {
            CheckImages("adaptive average pool", x);
            Tensor down = Means(PoolingWindows.Adaptive(x.Shape[2], size.Height), true, x.DType);
            Tensor across = Means(PoolingWindows.Adaptive(x.Shape[3], size.Width), true, x.DType);
            return down.MatMul(x).MatMul(across.Transpose());
        }

        /// <summary>The maxima of windows that divide the image evenly into a given number of rows and columns, and where they stand.</summary>
        public (Tensor Values, Tensor Indices) AdaptiveMaxPool2d(AxisPair size)
        {
            CheckImages("adaptive max pool", x);
            return MaxOver(x, PoolingWindows.Adaptive(x.Shape[2], size.Height), PoolingWindows.Adaptive(x.Shape[3], size.Width));
        }
    }

    private static void CheckImages(string operation, Tensor x)
    {
        if (x.Rank != 4 || !x.DType.IsFloatingPoint)
        {
            throw new ArgumentException(
                $"{operation}: real images [N, C, H, W] are needed; found {x.DType} of shape {x.Shape}. Reshape a single image to [1, C, H, W].");
        }
    }

    private static (PoolingWindows Rows, PoolingWindows Columns) Windows(Tensor x, AxisPair kernel, AxisPair? stride, AxisPair? padding,
        AxisPair? dilation, bool ceil)
    {
        AxisPair step = stride ?? kernel;
        AxisPair pad = padding ?? 0;
        AxisPair distance = dilation ?? 1;
        return (PoolingWindows.Moving(x.Shape[2], kernel.Height, step.Height, pad.Height, distance.Height, ceil),
            PoolingWindows.Moving(x.Shape[3], kernel.Width, step.Width, pad.Width, distance.Width, ceil));
    }

    private static (Tensor Values, Tensor Indices) MaxOver(Tensor x, PoolingWindows rows, PoolingWindows columns)
    {
        Tensor source = x.In(Layout.RowMajor);
        TensorSpec spec = new([x.Shape[0], x.Shape[1], rows.Count, columns.Count], DType.Int64);
        Tensor indices = Executor.Apply(new MaxPoolIndexOperation(rows, columns), spec, source);
        Tensor values = source.Flatten(2).TakeAlong(indices.Flatten(2), 2).Reshape(indices.Shape);
        return (values, indices);
    }

    /// <summary>The matrix [windows, positions] whose rows average the windows of one axis.</summary>
    private static Tensor Means(PoolingWindows windows, bool countPadding, DType type)
    {
        double[,] weights = new double[windows.Count, windows.Size];
        for (int window = 0; window < windows.Count; window++)
        {
            int end = Math.Min(windows.End(window), windows.Size + windows.Padding);
            int first = Math.Max(0, windows.Start(window));
            int last = Math.Min(end, windows.Size);
            int count = countPadding ? end - windows.Start(window) : last - first;
            for (int position = first; position < last; position++)
            {
                weights[window, position] = 1.0 / count;
            }
        }
        return Tensor.From(weights).To(type);
    }
}
