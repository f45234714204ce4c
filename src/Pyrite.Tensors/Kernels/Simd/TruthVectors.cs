using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Simd;

/// <summary>Brings truth values from memory, a byte of 0 or 1 each, to vectors whose lanes are all ones or zeros, and back.</summary>
internal static unsafe class TruthVectors
{
    // Of eight copies of a byte, bit i of the i-th.
    private const ulong Copies = 0x0101010101010101, OwnBits = 0x8040201008040201;

    /// <summary>As many truth values as a vector has lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load<TVector>(nint address)
    {
        if (typeof(TVector) == typeof(Vector512<float>))
        {
            return Unsafe.BitCast<Vector512<uint>, TVector>(Vector512<uint>.Zero - Sixteen(Vector128.Load((byte*)address)));
        }
        if (typeof(TVector) == typeof(Vector512<double>))
        {
            Vector256<uint> eight = Eight(Vector128.CreateScalar(*(ulong*)address).AsByte());
            return Unsafe.BitCast<Vector512<ulong>, TVector>(
                Vector512<ulong>.Zero - Vector512.Create(Long(eight.GetLower()), Long(eight.GetUpper())));
        }
        if (typeof(TVector) == typeof(Vector256<float>))
        {
            return Unsafe.BitCast<Vector256<uint>, TVector>(Vector256<uint>.Zero - Eight(Vector128.CreateScalar(*(ulong*)address).AsByte()));
        }
        if (typeof(TVector) == typeof(Vector256<double>))
        {
            return Unsafe.BitCast<Vector256<ulong>, TVector>(Vector256<ulong>.Zero - Long(Four(*(uint*)address)));
        }
        return typeof(TVector) == typeof(Vector128<float>)
            ? Unsafe.BitCast<Vector128<uint>, TVector>(Vector128<uint>.Zero - Four(*(uint*)address))
            : Unsafe.BitCast<Vector128<ulong>, TVector>(Vector128<ulong>.Zero - Vector128.WidenLower(Four(*(ushort*)address)));
    }

    /// <summary>Writes the truth values of a vector's lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TVector>(TVector lanes, nint address)
    {
        if (typeof(TVector) == typeof(Vector512<float>))
        {
            uint bits = (uint)Unsafe.BitCast<TVector, Vector512<float>>(lanes).ExtractMostSignificantBits();
            *(ulong*)address = Bytes(bits & byte.MaxValue);
            *(ulong*)(address + sizeof(ulong)) = Bytes(bits >> 8);
        }
        else if (typeof(TVector) == typeof(Vector512<double>))
        {
            *(ulong*)address = Bytes((uint)Unsafe.BitCast<TVector, Vector512<double>>(lanes).ExtractMostSignificantBits());
        }
        else if (typeof(TVector) == typeof(Vector256<float>))
        {
            *(ulong*)address = Bytes(Unsafe.BitCast<TVector, Vector256<float>>(lanes).ExtractMostSignificantBits());
        }
        else if (typeof(TVector) == typeof(Vector256<double>))
        {
            *(uint*)address = (uint)Bytes(Unsafe.BitCast<TVector, Vector256<double>>(lanes).ExtractMostSignificantBits());
        }
        else if (typeof(TVector) == typeof(Vector128<float>))
        {
            *(uint*)address = (uint)Bytes(Unsafe.BitCast<TVector, Vector128<float>>(lanes).ExtractMostSignificantBits());
        }
        else
        {
            *(ushort*)address = (ushort)Bytes(Unsafe.BitCast<TVector, Vector128<double>>(lanes).ExtractMostSignificantBits());
        }
    }

    /// <summary>Eight bits as bytes of 0 or 1: a byte that has its own bit carries into its highest one.</summary>
    private static ulong Bytes(uint bits) => ((((bits * Copies) & OwnBits) + 0x7F7F7F7F7F7F7F7F) >> 7) & Copies;

    private static Vector512<uint> Sixteen(Vector128<byte> bytes)
    {
        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(bytes);
        return Vector512.Create(Words(low), Words(high));
    }

    private static Vector256<uint> Eight(Vector128<byte> bytes) => Words(Vector128.WidenLower(bytes));

    private static Vector128<uint> Four(uint bytes) => Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(bytes).AsByte()));

    private static Vector256<uint> Words(Vector128<ushort> shorts) => Vector256.Create(Vector128.WidenLower(shorts), Vector128.WidenUpper(shorts));

    private static Vector256<ulong> Long(Vector128<uint> words) => Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words));
}
