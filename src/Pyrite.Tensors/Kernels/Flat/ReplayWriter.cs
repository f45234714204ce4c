using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Pyrite.Engine;
using Pyrite.Kernels.Code;
using Pyrite.Programs;

namespace Pyrite.Kernels.Flat;

/// <summary>Writes the code of a recorded Float64 function: numbers in registers, element-wise operations in loops over vectors.</summary>
/// <remarks>Arrays begin at a multiple of 64 bytes and have room up to the next one, so that loops may read and write whole vectors.</remarks>
internal sealed class ReplayWriter
{
    private static readonly MethodInfo RunOther =
        typeof(ReplayedFunction).GetMethod(nameof(ReplayedFunction.RunOther), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private readonly List<ReplayRoutine> parts = [];
    private readonly Dictionary<int, LocalBuilder> numbers = [];
    private readonly Dictionary<int, double> literals = [];
    private readonly Func<int, ReplayPlace> placeOf;
    private readonly Func<int, DType> typeOf;
    private DynamicMethod method;

    /// <param name="placeOf">Where each source stands.</param>
    /// <param name="typeOf">What each source holds in memory; in registers numbers are Float64, truth 1 or 0.</param>
    public ReplayWriter(Func<int, ReplayPlace> placeOf, Func<int, DType> typeOf)
    {
        this.placeOf = placeOf;
        this.typeOf = typeOf;
        method = NewMethod();
        Il = method.GetILGenerator();
    }

    /// <summary>The code of the method that is being written.</summary>
    public ILGenerator Il { get; private set; }

    /// <summary>A source that is a known number.</summary>
    public void Literal(int source, double value) => literals[source] = value;

    /// <summary>A number from numbers.</summary>
    /// <param name="operation">Its function of one, two or three arguments.</param>
    /// <param name="result">The source that is computed.</param>
    /// <param name="isStored">Whether it must stand in memory.</param>
    /// <param name="operands">The arguments.</param>
    public void Number(IElementwiseOperation operation, int result, bool isStored, ReadOnlySpan<int> operands)
    {
        if (operation.Form?.Instruction == VectorInstruction.Reciprocal)
        {
            Il.Emit(OpCodes.Ldc_R8, 1.0);
        }
        foreach (int operand in operands)
        {
            PushNumber(operand);
        }
        NumberCode.Apply(Il, operation, typeof(double));
        PopNumber(result, isStored);
    }

    /// <summary>A number times a known one.</summary>
    public void Multiple(int operand, double factor, int result, bool isStored)
    {
        PushNumber(operand);
        Il.Emit(OpCodes.Ldc_R8, factor);
        Il.Emit(OpCodes.Mul);
        PopNumber(result, isStored);
    }

    /// <summary>Whether a relation holds between two numbers; with NaN only "not equal" does.</summary>
    public void Comparison(VectorInstruction relation, int a, int b, int result, bool isStored)
    {
        PushNumber(a);
        PushNumber(b);
        if (relation == VectorInstruction.Greater)
        {
            Il.Emit(OpCodes.Cgt);
        }
        else if (relation == VectorInstruction.Equal)
        {
            Il.Emit(OpCodes.Ceq);
        }
        else
        {
            Il.Emit(relation == VectorInstruction.GreaterOrEqual ? OpCodes.Clt_Un : OpCodes.Ceq);
            Invert();
        }
        Il.Emit(OpCodes.Conv_R8);
        PopNumber(result, isStored);
    }

    /// <summary>One of two numbers.</summary>
    public void Choice(int condition, int a, int b, int result, bool isStored)
    {
        PushNumber(condition);
        PushNumber(a);
        PushNumber(b);
        Il.Emit(OpCodes.Call, typeof(ReplayCalls).GetMethod(nameof(ReplayCalls.Choose))!);
        PopNumber(result, isStored);
    }

    /// <summary>A number as another type: truth is 1 or "not 0".</summary>
    public void Conversion(int source, bool isTruth, int result, bool isStored)
    {
        PushNumber(source);
        if (isTruth)
        {
            Il.Emit(OpCodes.Ldc_R8, 0.0);
            Il.Emit(OpCodes.Ceq);
            Invert();
            Il.Emit(OpCodes.Conv_R8);
        }
        PopNumber(result, isStored);
    }

    /// <summary>Whether a number lies between bounds.</summary>
    public void Verdict(LoopVerdict verdict)
    {
        PushAddress(placeOf(verdict.Result));
        PushNumber(verdict.Value);
        Il.Emit(OpCodes.Ldc_R8, verdict.Low);
        Il.Emit(OpCodes.Ldc_R8, verdict.High);
        Il.Emit(verdict.LowOpen ? OpCodes.Ldc_I4_1 : OpCodes.Ldc_I4_0);
        Il.Emit(verdict.HighOpen ? OpCodes.Ldc_I4_1 : OpCodes.Ldc_I4_0);
        Il.Emit(OpCodes.Call, typeof(ReplayCalls).GetMethod(nameof(ReplayCalls.IsAdmitted))!);
        Il.Emit(OpCodes.Stind_I1);
    }

    /// <summary>The elements that indices name.</summary>
    public void Take(int source, ReplayPlace indices, int result, int count)
    {
        PushAddress(placeOf(source));
        PushAddress(indices);
        PushAddress(placeOf(result));
        Il.Emit(OpCodes.Ldc_I4, count);
        Il.Emit(OpCodes.Call, typeof(ReplayCalls).GetMethod(nameof(ReplayCalls.Take))!);
    }

    /// <summary>Adds elements to the places that indices name.</summary>
    public void AddTo(int source, ReplayPlace indices, int result, int count, int size)
    {
        PushAddress(placeOf(source));
        PushAddress(indices);
        PushAddress(placeOf(result));
        Il.Emit(OpCodes.Ldc_I4, count);
        Il.Emit(OpCodes.Ldc_I4, size);
        Il.Emit(OpCodes.Call, typeof(ReplayCalls).GetMethod(nameof(ReplayCalls.AddTo))!);
    }

    /// <summary>Puts a number everywhere; truth and counts are single.</summary>
    public void Spread(int number, int result, int count)
    {
        if (typeOf(result) != DType.Float64)
        {
            PushAddress(placeOf(result));
            PushNumber(number);
            Store(typeOf(result));
            return;
        }
        PushNumber(number);
        PushAddress(placeOf(result));
        Il.Emit(OpCodes.Ldc_I4, count);
        Il.Emit(OpCodes.Call, typeof(FlatCalls).GetMethod(nameof(FlatCalls.Spread))!.MakeGenericMethod(typeof(double)));
    }

    /// <summary>Copies an array.</summary>
    public void Copy(int source, int result, int count)
    {
        PushAddress(placeOf(source));
        PushAddress(placeOf(result));
        Il.Emit(OpCodes.Ldc_I4, count);
        Il.Emit(OpCodes.Call, typeof(ReplayCalls).GetMethod(nameof(ReplayCalls.Copy))!);
    }

    /// <summary>An operation without code of its own.</summary>
    public void Other(int number)
    {
        Il.Emit(OpCodes.Ldarg_1);
        Il.Emit(OpCodes.Ldc_I4, number);
        Il.Emit(OpCodes.Call, RunOther);
    }

    /// <summary>Ends a method and begins the next; what was kept in registers is read from memory there.</summary>
    /// <remarks>The time to compile a method grows faster than its length.</remarks>
    public void Cut()
    {
        Finish();
        numbers.Clear();
        method = NewMethod();
        Il = method.GetILGenerator();
    }

    /// <summary>Compiles the code.</summary>
    public ReplayRoutine Compile()
    {
        Finish();
        if (parts.Count == 1)
        {
            return parts[0];
        }
        ReplayRoutine[] all = [.. parts];
        return (owner, block) =>
        {
            foreach (ReplayRoutine part in all)
            {
                part(owner, block);
            }
        };
    }

    /// <summary>Pushes a number.</summary>
    public void PushNumber(int source)
    {
        if (literals.TryGetValue(source, out double literal))
        {
            Il.Emit(OpCodes.Ldc_R8, literal);
            return;
        }
        if (!numbers.TryGetValue(source, out LocalBuilder? local))
        {
            numbers[source] = local = Il.DeclareLocal(typeof(double));
            PushAddress(placeOf(source));
            switch (typeOf(source))
            {
                case DType.Bool:
                    Il.Emit(OpCodes.Ldind_U1);
                    Il.Emit(OpCodes.Conv_R8);
                    break;
                case DType.Int64:
                    Il.Emit(OpCodes.Ldind_I8);
                    Il.Emit(OpCodes.Conv_R8);
                    break;
                default:
                    Il.Emit(OpCodes.Ldind_R8);
                    break;
            }
            Il.Emit(OpCodes.Stloc, local);
        }
        Il.Emit(OpCodes.Ldloc, local);
    }

    /// <summary>Takes a number from the stack.</summary>
    public void PopNumber(int source, bool isStored)
    {
        LocalBuilder local = numbers[source] = Il.DeclareLocal(typeof(double));
        Il.Emit(OpCodes.Stloc, local);
        if (isStored)
        {
            PushAddress(placeOf(source));
            Il.Emit(OpCodes.Ldloc, local);
            Store(typeOf(source));
        }
    }

    /// <summary>Stores a number from the stack as what memory holds.</summary>
    private void Store(DType type)
    {
        switch (type)
        {
            case DType.Bool:
                Il.Emit(OpCodes.Conv_I1);
                Il.Emit(OpCodes.Stind_I1);
                break;
            case DType.Int64:
                Il.Emit(OpCodes.Conv_I8);
                Il.Emit(OpCodes.Stind_I8);
                break;
            default:
                Il.Emit(OpCodes.Stind_R8);
                break;
        }
    }

    private void Invert()
    {
        Il.Emit(OpCodes.Ldc_I4_0);
        Il.Emit(OpCodes.Ceq);
    }

    /// <summary>Pushes an address.</summary>
    public void PushAddress(ReplayPlace place)
    {
        if (!place.IsFixed)
        {
            Il.Emit(OpCodes.Ldarg_2);
        }
        if (place.IsFixed || place.Position != 0)
        {
            Il.Emit(OpCodes.Ldc_I8, place.Position);
            Il.Emit(OpCodes.Conv_I);
        }
        if (!place.IsFixed && place.Position != 0)
        {
            Il.Emit(OpCodes.Add);
        }
    }

    /// <summary>Pushes the address of a source.</summary>
    public void PushAddressOf(int source) => PushAddress(placeOf(source));

    private static DynamicMethod NewMethod() =>
        new("Replay", typeof(void), [typeof(object), typeof(ReplayedFunction), typeof(nint)], typeof(ReplayWriter).Module, skipVisibility: true);

    private void Finish()
    {
        Il.Emit(OpCodes.Ret);
        ReplayRoutine routine = method.CreateDelegate<ReplayRoutine>(null);
        RuntimeHelpers.PrepareDelegate(routine);
        parts.Add(routine);
    }
}
