using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Pyrite.Engine;
using Pyrite.Kernels.Code;

namespace Pyrite.Kernels.Emit;

/// <summary>Writes the code of a program: numbers in registers, element-wise operations in loops over vectors.</summary>
/// <remarks>Arrays in the block have room up to the next multiple of 64 bytes, so that loops may read and write whole vectors; of given tensors the
/// last partial vector stands apart.</remarks>
internal sealed class ProgramWriter
{
    private static readonly MethodInfo RunOther =
        typeof(IOperationRunner).GetMethod(nameof(IOperationRunner.RunOther))!;

    private readonly List<ProgramRoutine> parts = [];
    private readonly Dictionary<int, LocalBuilder> numbers = [];
    private readonly Dictionary<long, LocalBuilder> addresses = [];
    private readonly Dictionary<int, double> literals = [];
    private readonly Func<int, Place> placeOf;
    private readonly Func<int, DType> typeOf;
    private DynamicMethod method;

    /// <param name="placeOf">Where each source stands.</param>
    /// <param name="typeOf">What each source holds in memory; in registers truth and counts are Float64 numbers.</param>
    public ProgramWriter(Func<int, Place> placeOf, Func<int, DType> typeOf)
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
            PushLiteral(1, typeOf(result));
        }
        foreach (int operand in operands)
        {
            PushNumber(operand);
        }
        NumberCode.Apply(Il, operation, RegisterOf(typeOf(result)));
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
        Call(nameof(EmittedCalls.Choose), RegisterOf(typeOf(result)));
        PopNumber(result, isStored);
    }

    /// <summary>A number as another type: truth is 1 or "not 0".</summary>
    public void Conversion(int source, DType type, int result, bool isStored)
    {
        PushNumber(source);
        if (type == DType.Bool)
        {
            PushLiteral(0, typeOf(source));
            Il.Emit(OpCodes.Ceq);
            Invert();
        }
        Il.Emit(type == DType.Float32 ? OpCodes.Conv_R4 : OpCodes.Conv_R8);
        PopNumber(result, isStored);
    }

    /// <summary>Whether a number lies between bounds.</summary>
    public void Verdict(LoopVerdict verdict)
    {
        PushAddress(placeOf(verdict.Result));
        PushNumber(verdict.Value);
        Il.Emit(OpCodes.Conv_R8);
        Il.Emit(OpCodes.Ldc_R8, verdict.Range.Low);
        Il.Emit(OpCodes.Ldc_R8, verdict.Range.High);
        Il.Emit(verdict.Range.LowOpen ? OpCodes.Ldc_I4_1 : OpCodes.Ldc_I4_0);
        Il.Emit(verdict.Range.HighOpen ? OpCodes.Ldc_I4_1 : OpCodes.Ldc_I4_0);
        Il.Emit(OpCodes.Call, typeof(EmittedCalls).GetMethod(nameof(EmittedCalls.IsAdmitted))!);
        Il.Emit(OpCodes.Stind_I1);
    }

    /// <summary>The sums of rows of elements, in the order of the kernel.</summary>
    public void RowSums(int source, int rows, int count, int result, bool isStored)
    {
        PushAddress(placeOf(source));
        if (rows == 1)
        {
            Il.Emit(OpCodes.Ldc_I4, count);
            Call(nameof(EmittedCalls.Sum), RegisterOf(typeOf(result)));
            PopNumber(result, isStored);
            return;
        }
        PushAddress(placeOf(result));
        Il.Emit(OpCodes.Ldc_I4, rows);
        Il.Emit(OpCodes.Ldc_I4, count);
        Call(nameof(EmittedCalls.SumRows), RegisterOf(typeOf(result)));
    }

    /// <summary>Puts a number everywhere; truth and counts are single.</summary>
    public void Spread(int number, int result, int count)
    {
        if (count == 1)
        {
            PushAddress(placeOf(result));
            PushNumber(number);
            Store(typeOf(result));
            return;
        }
        PushNumber(number);
        PushAddress(placeOf(result));
        Il.Emit(OpCodes.Ldc_I4, count);
        Call(nameof(EmittedCalls.Spread), RegisterOf(typeOf(result)));
    }

    /// <summary>An operation without code of its own.</summary>
    public void Other(int number)
    {
        Il.Emit(OpCodes.Ldarg_1);
        Il.Emit(OpCodes.Ldc_I4, number);
        Il.Emit(OpCodes.Callvirt, RunOther);
    }

    /// <summary>Ends a method and begins the next; what was kept in registers is read from memory there.</summary>
    /// <remarks>The time to compile a method grows faster than its length.</remarks>
    public void Cut()
    {
        Finish();
        numbers.Clear();
        addresses.Clear();
        method = NewMethod();
        Il = method.GetILGenerator();
    }

    /// <summary>Compiles the code.</summary>
    public ProgramRoutine Compile()
    {
        Finish();
        if (parts.Count == 1)
        {
            return parts[0];
        }
        ProgramRoutine[] all = [.. parts];
        return (owner, block, given) =>
        {
            foreach (ProgramRoutine part in all)
            {
                part(owner, block, given);
            }
        };
    }

    /// <summary>Pushes a number.</summary>
    public void PushNumber(int source)
    {
        if (literals.TryGetValue(source, out double literal))
        {
            PushLiteral(literal, typeOf(source));
            return;
        }
        if (!numbers.TryGetValue(source, out LocalBuilder? local))
        {
            numbers[source] = local = Il.DeclareLocal(RegisterOf(typeOf(source)));
            PushAddress(placeOf(source));
            Load(typeOf(source));
            Il.Emit(OpCodes.Stloc, local);
        }
        Il.Emit(OpCodes.Ldloc, local);
    }

    /// <summary>Loads what memory holds as a number.</summary>
    public void Load(DType type)
    {
        Il.Emit(type switch
        {
            DType.Bool => OpCodes.Ldind_U1,
            DType.Int64 => OpCodes.Ldind_I8,
            DType.Float32 => OpCodes.Ldind_R4,
            _ => OpCodes.Ldind_R8,
        });
        if (type is DType.Bool or DType.Int64)
        {
            Il.Emit(OpCodes.Conv_R8);
        }
    }

    /// <summary>The register of a number, which is read from memory here unless it was before.</summary>
    public LocalBuilder Register(int source)
    {
        PushNumber(source);
        Il.Emit(OpCodes.Pop);
        return numbers[source];
    }

    /// <summary>Takes a number from the stack.</summary>
    public void PopNumber(int source, bool isStored)
    {
        LocalBuilder local = numbers[source] = Il.DeclareLocal(RegisterOf(typeOf(source)));
        Il.Emit(OpCodes.Stloc, local);
        if (isStored)
        {
            PushAddress(placeOf(source));
            Il.Emit(OpCodes.Ldloc, local);
            Store(typeOf(source));
        }
    }

    /// <summary>Stores a number from the stack as what memory holds.</summary>
    public void Store(DType type)
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
            case DType.Float32:
                Il.Emit(OpCodes.Stind_R4);
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
    /// <param name="place">What stands there.</param>
    /// <param name="isTail">Of a given tensor, whether its last partial vector is meant.</param>
    public void PushAddress(Place place, bool isTail = false)
    {
        switch (place.Base)
        {
            case PlaceBase.Given:
                PushGiven(isTail ? place.Tail : place.Position);
                break;
            case PlaceBase.Fixed:
                Il.Emit(OpCodes.Ldc_I8, place.Position);
                Il.Emit(OpCodes.Conv_I);
                break;
            default:
                Il.Emit(OpCodes.Ldarg_2);
                if (place.Position != 0)
                {
                    Il.Emit(OpCodes.Ldc_I8, place.Position);
                    Il.Emit(OpCodes.Conv_I);
                    Il.Emit(OpCodes.Add);
                }
                break;
        }
    }

    /// <summary>Pushes the address of an element of an array of Float64 numbers.</summary>
    public void PushAddress(Place place, int element)
    {
        PushAddress(place);
        if (element > 0)
        {
            Il.Emit(OpCodes.Ldc_I4, element * sizeof(double));
            Il.Emit(OpCodes.Add);
        }
    }

    /// <summary>Pushes the address of a source.</summary>
    public void PushAddressOf(int source) => PushAddress(placeOf(source));

    /// <summary>Where a source stands.</summary>
    public Place PlaceOf(int source) => placeOf(source);

    /// <summary>What a source holds in memory.</summary>
    public DType TypeOf(int source) => typeOf(source);

    /// <summary>Loads the addresses of a given tensor before a loop over its elements.</summary>
    public void Prepare(int source)
    {
        if (placeOf(source) is { Base: PlaceBase.Given } place)
        {
            AddressLocal(place.Position);
            AddressLocal(place.Tail < 0 ? place.Position : place.Tail);
        }
    }

    /// <summary>What holds numbers of a type in registers.</summary>
    private static Type RegisterOf(DType type) => type == DType.Float32 ? typeof(float) : typeof(double);

    private static DynamicMethod NewMethod() => new(
        "Program", typeof(void), [typeof(object), typeof(IOperationRunner), typeof(nint), typeof(nint)], typeof(ProgramWriter).Module,
        skipVisibility: true);

    private void PushGiven(long entry) => Il.Emit(OpCodes.Ldloc, AddressLocal(entry));

    private LocalBuilder AddressLocal(long entry)
    {
        if (!addresses.TryGetValue(entry, out LocalBuilder? local))
        {
            addresses[entry] = local = Il.DeclareLocal(typeof(nint));
            Il.Emit(OpCodes.Ldarg_3);
            Il.Emit(OpCodes.Ldc_I4, (int)entry * nint.Size);
            Il.Emit(OpCodes.Add);
            Il.Emit(OpCodes.Ldind_I);
            Il.Emit(OpCodes.Stloc, local);
        }
        return local;
    }

    private void PushLiteral(double value, DType type)
    {
        if (type == DType.Float32)
        {
            Il.Emit(OpCodes.Ldc_R4, (float)value);
        }
        else
        {
            Il.Emit(OpCodes.Ldc_R8, value);
        }
    }

    private void Call(string name, Type element) => Il.Emit(OpCodes.Call, typeof(EmittedCalls).GetMethod(name)!.MakeGenericMethod(element));

    private void Finish()
    {
        Il.Emit(OpCodes.Ret);
        ProgramRoutine routine = method.CreateDelegate<ProgramRoutine>(null);
        RuntimeHelpers.PrepareDelegate(routine);
        parts.Add(routine);
    }
}
