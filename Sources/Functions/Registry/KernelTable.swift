internal import Base
internal import Types

/// Every kernel by pg_proc.prosrc.
enum KernelTable {
    static let byKey: [String: Kernel] = {
        var result: [String: Kernel] = [:]
        for theme in themes {
            for (key, kernel) in theme {
                let previous = result.updateValue(kernel, forKey: key)
                invariant(previous == nil, "one kernel a key")
            }
        }
        return result
    }()

    typealias Theme = [(String, Kernel)]

    private static let themes: [Theme] = [
        integerKernels, comparisonKernels, floatKernels, conversionKernels, seriesKernels,
        numericKernels, textKernels, formattingKernels, matchingKernels,
        dateTimeKernels, dateTimePartKernels, dateTimeTruncationKernels, intervalKernels,
        timeTZKernels, overlapsKernels, arrayKernels, arrayBuildKernels, arrayTextKernels,
        binaryKernels, systemKernels, hashKernels,
        parseTimestampKernels, toCharKernels, regexKernels, regexSearchKernels, bucketKernels,
        jsonBuildKernels,
        jsonTextKernels, jsonbKernels, jsonbEditKernels,
        enumKernels, recordKernels,
        jsonPopulateKernels, jsonbSubscriptKernels, degreeKernels, identifierKernels,
        jsonPathKernels, networkKernels, macAddressKernels, bitStringKernels, rangeKernels,
        multirangeKernels, normalizationKernels, aclKernels, catalogTextKernels,
        geometryKernels, shapeKernels, moneyKernels, transactionKernels,
    ]
}
