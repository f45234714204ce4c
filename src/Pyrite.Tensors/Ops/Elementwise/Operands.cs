using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite.Ops.Elementwise;

/// <summary>Brings two operands to one element type, one layout and shapes that broadcast.</summary>
internal static class Operands
{
    /// <summary>Both operands as one type: reals promote, a C# number takes its partner's type, integers become reals unless they may stay.</summary>
    public static (Tensor A, Tensor B) Align(string operation, Tensor a, Tensor b, bool keepsIntegers)
    {
        DType type = CommonType(a, b);
        if (type is DType.Bool or DType.UInt8)
        {
            type = DType.Int64;
        }
        if (type == DType.Int64 && !keepsIntegers)
        {
            type = Precision.Default;
        }
        return (a.To(type), b.To(type));
    }

    /// <summary>The type in which two operands meet.</summary>
    public static DType CommonType(Tensor a, Tensor b)
    {
        if (a.IsWeak && b.IsWeak)
        {
            return Precision.Default;
        }
        if (a.IsWeak || b.IsWeak)
        {
            Tensor strong = a.IsWeak ? b : a;
            double number = a.IsWeak ? a.WeakValue : b.WeakValue;
            return strong.DType.IsFloatingPoint
                ? strong.DType
                : number == Math.Floor(number) && Math.Abs(number) < 1L << 53 ? DType.Int64 : Precision.Default;
        }
        return DTypeProperties.Promote(a.DType, b.DType);
    }

    /// <summary>The broadcast shape, or an error that names the operation and both shapes.</summary>
    public static Shape Broadcast(string operation, Tensor a, Tensor b) => Shape.TryBroadcast(a.Shape, b.Shape)
        ?? throw new ArgumentException(
            $"{operation}: shapes {a.Shape} and {b.Shape} do not broadcast: aligned at the last axis, sizes must be equal or 1. Reshape or unsqueeze "
                + "one of them.");

    /// <summary>Keeps images channels-last where both operands allow it; otherwise brings both to row-major order.</summary>
    public static Layout CommonLayout(ref Tensor a, ref Tensor b, Shape shape)
    {
        if (a.Layout == Layout.RowMajor && b.Layout == Layout.RowMajor)
        {
            return Layout.RowMajor;
        }
        bool keepA = a.Count == 1 || a.Shape == shape;
        bool keepB = b.Count == 1 || b.Shape == shape;
        Layout layout = keepA && keepB ? Layout.ChannelsLast : Layout.RowMajor;
        a = a.Count == 1 ? a : a.In(layout);
        b = b.Count == 1 ? b : b.In(layout);
        return layout;
    }
}
