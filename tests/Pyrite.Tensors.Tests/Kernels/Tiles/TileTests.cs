using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pyrite.Kernels.Tiles;

namespace Pyrite.Kernels;

public sealed unsafe class TileTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(32)]
    [InlineData(16)]
    public void Emitted_tiles_of_every_width_agree_with_the_plain_tile(int width)
    {
        bool supported =
            width == 64 ? Vector512.IsHardwareAccelerated : width == 32 ? Vector256.IsHardwareAccelerated : Vector128.IsHardwareAccelerated;
        if (!supported || !TileTable<float>.IsEmitted)
        {
            return;
        }
        System.Random random = new(width);
        foreach ((int rows, int vectors,
            int group) in new[] { (1, 1, 0), (2, 3, 0), (5, 1, 0), (6, 2, 3), (9, 1, 3), (13, 2, 0), (28, 1, 0), (25, 1, 5), (6, 4, 0), (28, 1, 14),
                (14, 2, 7), (12, 1, 6), (22, 1, 11) })
        {
            foreach (int features in new[] { 0, 1, 6, 8, 15 })
            {
                foreach (TileSteps steps in Enum.GetValues<TileSteps>())
                {
                    Check<float>(rows, vectors, width, group, (TileFeatures)features, steps, random);
                    Check<double>(rows, vectors, width, group, (TileFeatures)features, steps, random);
                }
            }
        }
    }

    [Fact]
    public void Sums_of_lanes_do_not_depend_on_the_place_of_a_row()
    {
        CheckLanes<float>();
        CheckLanes<double>();
    }

    [Fact]
    public void Fixed_tiles_agree_with_the_plain_tile_at_every_height_width_and_group()
    {
        System.Random random = new(1);
        int lanes = TileTable<float>.Lanes;
        foreach ((int rows, int group) in Enumerable.Range(1, 29).Select(rows => (rows, 0))
            .Concat([(6, 3), (9, 3), (8, 4), (12, 4), (24, 4), (4, 2), (6, 2), (14, 7), (3, 1), (10, 5), (11, 4), (28, 14)]))
        {
            foreach (int columns in new[]
                { lanes, 2 * lanes, 3 * lanes, 4 * lanes, 1, lanes - 1, lanes + 1, (2 * lanes) - 1, (3 * lanes) - 2, (4 * lanes) - 3 })
            {
                foreach (TileFeatures features in new TileFeatures[] { 0, (TileFeatures)1, (TileFeatures)6, (TileFeatures)8, (TileFeatures)15 })
                {
                    CheckFixed<float>(rows, columns, group, features, random);
                    CheckFixed<double>(rows, Math.Min(columns, 2 * lanes), group, features, random);
                }
            }
            CheckFixed<float>(rows, lanes, group, TileFeatures.Dots, random);
            CheckFixed<double>(rows, lanes / 2, group, TileFeatures.Dots, random);
        }
    }

    private static void CheckFixed<T>(int rows, int columns, int group, TileFeatures features, System.Random random)
        where T : unmanaged, INumber<T> =>
        Check<T>(rows, columns, group, features, random, (ref TileCall call) =>
        {
            int beyond = columns % TileTable<T>.Lanes;
            T* lanes = stackalloc T[TileTable<T>.Lanes];
            new Span<byte>(lanes, TileTable<T>.Width).Clear();
            new Span<byte>(lanes, beyond * sizeof(T)).Fill(0xFF);
            call.LastColumns = (byte*)lanes;
            FixedTile.Run<T>(rows, columns, group, features, (TileCall*)Unsafe.AsPointer(ref call));
        });

    private static void CheckLanes<T>()
        where T : unmanaged, INumber<T>
    {
        const int Rows = 11;
        System.Random random = new(2);
        int lanes = TileTable<T>.Lanes;
        T[] values = [.. Enumerable.Range(0, Rows * lanes).Select(_ => T.CreateTruncating(random.NextDouble() - 0.3))];
        T[] together = [.. values];
        fixed (T* sums = together)
        {
            LaneReduction.Run(Rows, sums);
        }
        for (int row = 0; row < Rows; row++)
        {
            T[] alone = values[(row * lanes)..((row + 1) * lanes)];
            fixed (T* sum = alone)
            {
                LaneReduction.Run(1, sum);
            }
            Assert.Equal(alone[0], together[row]);
        }
    }

    private static void Check<T>(int rows, int vectors, int width, int group, TileFeatures features, TileSteps steps, System.Random random)
        where T : unmanaged, INumber<T> =>
        Check<T>(rows, vectors * width / sizeof(T), group, features, random, (ref TileCall call) =>
            TileEmitter.Emit(typeof(T), rows, vectors, width, group, features, steps)((nint)Unsafe.AsPointer(ref call)), steps);

    private delegate void Tile(ref TileCall call);

    private static void Check<T>(
        int rows, int columns, int group, TileFeatures features, System.Random random, Tile tile, TileSteps steps = TileSteps.Any)
        where T : unmanaged, INumber<T>
    {
        int terms = random.Next(1, 20);
        using GuardedArray<T> a = new(4000, random);
        using GuardedArray<T> b = new(40 * columns, random);
        int groups = group == 0 ? 1 : (rows + group - 1) / group;
        using GuardedArray<T> c = new((rows * columns) + (3 * groups), random);
        using GuardedArray<T> expected = c.Copy();
        using GuardedArray<T> mask = new((rows * columns) + (3 * groups), random);
        TileSegment* segments = stackalloc TileSegment[2];
        segments[0] = new(8, 0);
        segments[1] = new(160, terms * columns * sizeof(T));
        TileCall call = new()
        {
            A = (byte*)a.Pointer,
            B = (byte*)b.Pointer,
            C = (byte*)c.Pointer,
            ARow = (steps == TileSteps.AdjacentRows ? 1 : 7) * sizeof(T),
            AGroup = 31 * sizeof(T),
            AStep = (steps == TileSteps.Packed ? 1 : 3) * sizeof(T),
            BStep = columns * sizeof(T),
            CRow = columns * sizeof(T),
            CGroup = ((group * columns) + (group > 0 ? 3 : 0)) * sizeof(T),
            Count = terms,
            Segments = segments,
            SegmentCount = 2,
            Bias = (byte*)b.Pointer,
            Mask = (byte*)mask.Pointer,
        };
        tile(ref call);
        call.C = (byte*)expected.Pointer;
        PlainTile.Run<T>(rows, columns, group, features, call);
        double[] values = [.. expected.Span.ToArray().Select(double.CreateChecked)];
        c.AssertNear(values, [.. values.Select(_ => 2.0 * terms)], $"{typeof(T).Name} {rows}x{columns} group {group} {features} {steps}");
    }
}
