using System.Numerics;
using Pyrite.Engine;
using Pyrite.Kernels.Threads;

namespace Pyrite.Ops.Networks;

/// <summary>Where the largest element of each window stands in its plane, counted in rows; the first of equal ones, NaN wins.</summary>
internal readonly record struct MaxPoolIndexOperation(PoolingWindows Rows, PoolingWindows Columns) : IOperation
{
    public string Name => "max pool";

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (inputs[0].DType == DType.Float32)
        {
            Body<float> body = new(Rows, Columns, inputs[0], output);
            WorkerPool.For(output.Shape[0] * output.Shape[1], ref body);
        }
        else
        {
            Body<double> body = new(Rows, Columns, inputs[0], output);
            WorkerPool.For(output.Shape[0] * output.Shape[1], ref body);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;

    private readonly struct Body<T>(PoolingWindows rows, PoolingWindows columns, Tensor x, Tensor y) : IParallelBody where T : unmanaged, INumber<T>
    {
        public void Run(int index)
        {
            int plane = rows.Size * columns.Size;
            ReadOnlySpan<T> source = x.Read<T>().Slice(index * plane, plane);
            Span<long> target = y.Write<long>().Slice(index * rows.Count * columns.Count, rows.Count * columns.Count);
            for (int window = 0; window < target.Length; window++)
            {
                (int row, int column) = Math.DivRem(window, columns.Count);
                target[window] = Largest(source, row, column);
            }
        }

        private int Largest(ReadOnlySpan<T> source, int row, int column)
        {
            int best = -1;
            for (int i = rows.Start(row); i < rows.End(row); i += rows.Dilation)
            {
                for (int j = columns.Start(column); j < columns.End(column); j += columns.Dilation)
                {
                    if ((uint)i < (uint)rows.Size && (uint)j < (uint)columns.Size)
                    {
                        int place = (i * columns.Size) + j;
                        bool wins = best < 0 || source[place] > source[best] || (T.IsNaN(source[place]) && !T.IsNaN(source[best]));
                        best = wins ? place : best;
                    }
                }
            }
            return best;
        }
    }
}
