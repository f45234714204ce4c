using System.Runtime.CompilerServices;
using Pyrite.Engine;
using Pyrite.Kernels.Copies;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Creation;

namespace Pyrite;

/// <content>Ways to make tensors from sizes, numbers and arrays, and to read them back.</content>
public sealed partial class Tensor
{
    /// <summary>Zeros of the default precision.</summary>
    [OverloadResolutionPriority(1)]
    public static Tensor Zeros(params ReadOnlySpan<int> shape) => Full(Shape.Create(shape), 0);

    /// <summary>Zeros of the default precision.</summary>
    public static Tensor Zeros(params int[] shape) => Full(Shape.Create(shape), 0);

    /// <summary>Zeros of a given type.</summary>
    public static Tensor Zeros(Shape shape, DType? type = null) => Full(shape, 0, type);

    /// <summary>Ones of the default precision.</summary>
    [OverloadResolutionPriority(1)]
    public static Tensor Ones(params ReadOnlySpan<int> shape) => Full(Shape.Create(shape), 1);

    /// <summary>Ones of the default precision.</summary>
    public static Tensor Ones(params int[] shape) => Full(Shape.Create(shape), 1);

    /// <summary>Ones of a given type.</summary>
    public static Tensor Ones(Shape shape, DType? type = null) => Full(shape, 1, type);

    /// <summary>One number everywhere.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="value">The number; for Bool, anything but 0 is true.</param>
    /// <param name="type">The element type; the default precision if not given.</param>
    public static Tensor Full(Shape shape, double value, DType? type = null)
    {
        DType actual = type ?? Precision.Default;
        return Executor.Apply(new FillOperation(value, shape, actual), new TensorSpec(shape, actual));
    }

    /// <summary>A vector, matrix or higher array from C# numbers in row-major order.</summary>
    /// <param name="values">The elements: float and double stay what they are, as do long, bool and byte; int and all other integers become
    /// Int64, Half becomes Float32.</param>
    /// <param name="shape">The sizes; a vector of all values if none are given.</param>
    /// <exception cref="ArgumentException">The number of values is not that of the shape.</exception>
    /// <exception cref="OverflowException">An unsigned integer is larger than Int64 holds.</exception>
    /// <exception cref="NotSupportedException">The elements are no numbers that a tensor can hold.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> values, Shape? shape = null) where T : unmanaged
    {
        shape ??= [values.Length];
        if (shape.Count != values.Length)
        {
            throw new ArgumentException($"A tensor of shape {shape} needs {shape.Count} values; {values.Length} were given.", nameof(values));
        }
        if (OtherNumbers.AreWidened<T>())
        {
            return OtherNumbers.From(values, shape);
        }
        Tensor tensor = Allocate(new TensorSpec(shape, DTypeProperties.Of<T>()));
        values.CopyTo(tensor.Write<T>());
        return tensor;
    }

    /// <summary>A vector from an array.</summary>
    public static Tensor From<T>(T[] values) where T : unmanaged => From<T>(values.AsSpan());

    /// <summary>A matrix [rows, columns] from rows of one length, as in <c>Tensor.From([[1, 2], [3, 4]])</c>.</summary>
    /// <param name="rows">The rows.</param>
    /// <exception cref="ArgumentException">The rows have different lengths.</exception>
    public static Tensor From<T>(T[][] rows) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(rows);
        int columns = rows.Length == 0 ? 0 : rows[0].Length;
        int odd = Array.FindIndex(rows, row => row.Length != columns);
        return odd < 0
            ? From<T>(rows.SelectMany(row => row).ToArray(), [rows.Length, columns])
            : throw new ArgumentException($"A matrix needs rows of one length; row 0 has {columns} values and row {odd} has {rows[odd].Length}.",
                nameof(rows));
    }

    /// <summary>A matrix [rows, columns] from a rectangular array.</summary>
    public static Tensor From<T>(T[,] values) where T : unmanaged =>
        From<T>(ArrayElements.Of<T>(values), [values.GetLength(0), values.GetLength(1)]);

    /// <summary>A tensor of three axes from a rectangular array.</summary>
    public static Tensor From<T>(T[,,] values) where T : unmanaged =>
        From<T>(ArrayElements.Of<T>(values), [values.GetLength(0), values.GetLength(1), values.GetLength(2)]);

    /// <summary>A tensor of four axes from a rectangular array.</summary>
    public static Tensor From<T>(T[,,,] values) where T : unmanaged =>
        From<T>(ArrayElements.Of<T>(values), [values.GetLength(0), values.GetLength(1), values.GetLength(2), values.GetLength(3)]);

    /// <summary>The identity matrix [size, size].</summary>
    public static Tensor Identity(int size, DType? type = null) => Ones([size], type).DiagonalEmbed();

    /// <summary>The integers 0 … count - 1 as Int64.</summary>
    public static Tensor Range(int count)
    {
        Tensor tensor = Allocate(new TensorSpec([count], DType.Int64));
        Span<long> values = tensor.Write<long>();
        for (int i = 0; i < count; i++)
        {
            values[i] = i;
        }
        return tensor;
    }

    /// <summary>Evenly spaced numbers, both ends included.</summary>
    /// <param name="start">The first number.</param>
    /// <param name="end">The last number.</param>
    /// <param name="count">How many; at least 1.</param>
    /// <param name="type">The element type; the default precision if not given.</param>
    public static Tensor LinearSpace(double start, double end, int count, DType? type = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = i == count - 1 && count > 1 ? end : start + (i * (end - start) / Math.Max(1, count - 1));
        }
        return From<double>(values).To(type ?? Precision.Default);
    }

    /// <summary>A copy of the elements in row-major order, converted to <typeparamref name="T"/>: float, double, long, bool, byte, or another C#
    /// integer.</summary>
    /// <exception cref="OverflowException">A value is larger than a smaller integer type holds.</exception>
    public T[] ToArray<T>() where T : unmanaged
    {
        if (OtherNumbers.AreWidened<T>())
        {
            return OtherNumbers.ToArray<T>(this);
        }
        Tensor converted = this.To(DTypeProperties.Of<T>()).In(Layout.RowMajor);
        return converted.Read<T>().ToArray();
    }

    /// <summary>Copies the elements in row-major order; the type must be the tensor's own.</summary>
    /// <exception cref="ArgumentException">The span is shorter than the tensor.</exception>
    public void CopyTo<T>(Span<T> destination) where T : unmanaged
    {
        ReadOnlySpan<T> source = this.In(Layout.RowMajor).Read<T>();
        if (destination.Length < source.Length)
        {
            throw new ArgumentException(
                $"A tensor of shape {Shape} has {source.Length} elements; the destination holds {destination.Length}.",
                    nameof(destination));
        }
        source.CopyTo(destination);
    }
}
