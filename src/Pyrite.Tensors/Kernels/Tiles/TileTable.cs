using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Pyrite.Kernels.Code;

namespace Pyrite.Kernels.Tiles;

/// <summary>The tiles of one element type; those that are compiled at run time are made on first use.</summary>
/// <remarks>Without hardware fused multiply-add or run-time code <see cref="IsEmitted"/> is false, and tiles of a few shapes take over.</remarks>
internal static unsafe class TileTable<T>
    where T : unmanaged
{
    public const int MaxRows = 28;
    public const int MaxVectors = 4;
    private const int Features = 64;
    private const int Groups = LargestGroup + 2;

    /// <summary>Groups of more rows than this come in pairs.</summary>
    public const int LargestGroup = 5;

    private const int Steps = 3;

    private static readonly TileFunction?[] Tiles = new TileFunction?[Steps * (MaxRows + 1) * MaxVectors * Groups * Features];
    private static readonly byte* LaneMasks = CreateLaneMasks();

    /// <summary>Bytes of a vector.</summary>
    public static readonly int Width = Vector512.IsHardwareAccelerated ? 64 : Vector256.IsHardwareAccelerated ? 32 : 16;

    /// <summary>Elements of a vector.</summary>
    public static readonly int Lanes = Width / sizeof(T);

    /// <summary>Whether tiles are compiled at run time.</summary>
    public static readonly bool IsEmitted = RunTimeCode.IsAvailable && (Fma.IsSupported || AdvSimd.IsSupported);

    // With 32 registers tiles are large, and keep the processor busy as they are.
    private static readonly bool IsUnrolled = IsEmitted && Width < 64;

    private static readonly int Registers = Vector512.IsHardwareAccelerated || AdvSimd.IsSupported ? 32 : 16;

    /// <summary>The most rows a tile of so many vectors can have with all its sums in registers.</summary>
    public static int RowsFor(int vectors) =>
        IsEmitted ? Math.Min(MaxRows, (Registers - 1 - vectors) / vectors) : FixedTile.RowsPerPlace(vectors) * FixedTile.Places(vectors);

    /// <summary>Rows that tiles of so many vectors are best cut by.</summary>
    public static int RowUnit(int vectors) => IsEmitted ? 1 : FixedTile.RowsPerPlace(vectors);

    /// <summary>Runs the tile of <paramref name="rows"/> rows and <paramref name="columns"/> columns, at most <see cref="MaxVectors"/>
    /// vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(int rows, int columns, int group, TileFeatures features, ref TileCall call)
    {
        int vectors = (columns + Lanes - 1) / Lanes;
        int partial = columns - ((vectors - 1) * Lanes);
        if (partial != Lanes)
        {
            features |= TileFeatures.PartialColumns;
            call.LastColumns = LaneMasks + ((Lanes - partial) * sizeof(T));
        }
        if (!IsEmitted)
        {
            FixedTile.Run<T>(rows, columns, group, features, (TileCall*)Unsafe.AsPointer(ref call));
        }
        else if (partial != Lanes && !Avx.IsSupported)
        {
            PlainTile.Run<T>(rows, columns, group, features, call);
        }
        else
        {
            Find(rows, vectors, group, features, StepsOf(vectors, features, call))((nint)Unsafe.AsPointer(ref call));
        }
    }

    /// <summary>How many groups of so many rows a tile can have.</summary>
    public static int GroupsFor(int rows, int vectors) => IsEmitted
        ? Math.Min(RowsFor(vectors) / rows, rows <= LargestGroup ? MaxRows : 2)
        : rows <= FixedTile.RowsPerPlace(vectors) ? FixedTile.Places(vectors) : 1;

    /// <summary>The tile's code, compiled if need be.</summary>
    public static TileFunction Find(int rows, int vectors, int group, TileFeatures features, TileSteps steps)
    {
        int kind = ((int)steps * (MaxRows + 1)) + rows;
        int index = (((((kind * MaxVectors) + vectors - 1) * Groups) + Math.Min(group, LargestGroup + 1)) * Features) + (int)features;
        return Tiles[index] ?? Add(index, rows, vectors, group, features, steps);
    }

    private static TileFunction Add(int index, int rows, int vectors, int group, TileFeatures features, TileSteps steps) =>
        Tiles[index] = TileEmitter.Emit(typeof(T), rows, vectors, Width, group, features, steps);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TileSteps StepsOf(int vectors, TileFeatures features, in TileCall call)
    {
        if (!IsUnrolled || call.Count < TileEmitter.Unrolled)
        {
            return TileSteps.Any;
        }
        int term = (features & TileFeatures.Dots) != 0 ? Width : sizeof(T);
        return call.AStep == term && call.BStep == vectors * Width ? TileSteps.Packed
            : call.ARow == sizeof(T) && term == sizeof(T) ? TileSteps.AdjacentRows
            : TileSteps.Any;
    }

    // All-ones lanes followed by all-zero lanes: a mask of p lanes starts Lanes - p elements in.
    private static byte* CreateLaneMasks()
    {
        byte* masks = (byte*)NativeMemory.AllocZeroed(2 * 64);
        new Span<byte>(masks, Vector512.IsHardwareAccelerated ? 64 : Vector256.IsHardwareAccelerated ? 32 : 16).Fill(0xFF);
        return masks;
    }
}
