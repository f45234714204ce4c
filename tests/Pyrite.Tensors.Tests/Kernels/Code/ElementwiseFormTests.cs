using System.Numerics;
using Pyrite.Engine;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Simd;
using Pyrite.Ops.Elementwise;
using Pyrite.Programs;
using Pyrite.Programs.Compiled;
using Pyrite.Programs.Plans;

namespace Pyrite.Tests;

/// <summary>An element-wise operation that says how it is computed in registers runs in the loops of steps and of densities, although no other file
/// names it: the one of this file, x / (1 + |x|).</summary>
public sealed class ElementwiseFormTests
{
    private const int Count = 100_003;

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void A_new_operation_is_fused_in_steps_to_the_bits_of_its_kernel(DType type)
    {
        TensorSpec flat = new([Count], type);
        RecordedStream stream = new();
        stream.Outside.Add(new OutsideSpec(flat, false));
        stream.Nodes.Add(new RecordedOperation<Map<Softsign>>(default, flat, [-1], null, false));
        stream.Nodes.Add(new RecordedOperation<Map<Softsign>>(default, flat, [0], null, false));
        stream.Escapes.Add(1);
        if (VectorCode.IsAvailable)
        {
            SegmentProgram program = new(stream, 0, 2);
            PlanGroup group = PlanSchedule.Run(program, UnitFusion.Run(program)).Single();
            Assert.Equal(2, new TiledLoopBuilder(group, output => output == 1, program, isCompiled: true).Work.Instructions.Count);
        }
        Tensor x = RandomKey.FromSeed(5).Normal([Count], type);
        Tensor want = Map<Softsign>.Of(Map<Softsign>.Of(x));
        SegmentPlan plan = new(stream, 0, 2);
        for (int round = 0; round < 2; round++)
        {
            using StepScope scope = StepScope.Begin();
            List<Tensor> results = [.. stream.Nodes.Select(node => Tensor.Unbound(node.Spec))];
            plan.Run(results, [x], scope);
            Assert.Equal(want.ToArray<double>(), results[1].ToArray<double>());
        }
    }

    [Fact]
    public void A_new_operation_is_compiled_in_densities()
    {
        double[] point = [-3, -0.5, 0, 0.25, 1e3, 7, -1e-9];
        ReplayedFunction density =
            ReplayedFunction.TryRecord(x => [Map<Softsign>.Of(x[0]).Sum()], [[point.Length]], point, withGradient: true)!;
        double[] gradient = new double[point.Length];
        double value = density.Evaluate(point, gradient);
        Assert.Equal(point.Sum(x => x / (1 + Math.Abs(x))), value, 1e-14);
        Assert.All(point.Zip(gradient), pair =>
            Assert.Equal(1 / ((1 + Math.Abs(pair.First)) * (1 + Math.Abs(pair.First))), pair.Second, 1e-14));
        Assert.Equal(VectorCode.IsAvailable, density.Uncompiled.Count == 0);
    }

    private readonly struct Softsign : IUnaryKernel, ISimdFunction
    {
        public static string Name => "softsign";

        public static ElementwiseForm? Form { get; } = ElementwiseForm.OfFunction<Softsign>();

        public static V Single<V>(V x) where V : unmanaged, ISimd<V, float> => x / (V.Of(1) + V.Abs(x));

        public static V Double<V>(V x) where V : unmanaged, ISimd<V, double> => x / (V.Of(1) + V.Abs(x));

        public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => SimdMap.Run<Softsign, T>(x, y);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy / (1 + x.Abs()).Square();
    }
}
